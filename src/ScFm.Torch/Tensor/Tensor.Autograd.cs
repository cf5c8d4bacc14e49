using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether operations on the tensor are recorded for gradients.</summary>
        public bool requires_grad
        {
            get => NativeMethods.scfm_requires_grad(this);
            set => NativeError.Check(NativeMethods.scfm_set_requires_grad(this, value));
        }

        /// <summary>Sets whether operations are recorded, and returns this tensor.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <inheritdoc cref="requires_grad_(bool)"/>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>The gradient that backward passes left, null before the first.</summary>
        public Tensor? grad
        {
            get
            {
                NativeError.Check(NativeMethods.scfm_grad(this, out var gradient));
                return gradient;
            }
            set => NativeError.Check(NativeMethods.scfm_set_grad(this, value));
        }

        /// <summary>Whether no recorded operation made the tensor.</summary>
        public bool is_leaf => NativeMethods.scfm_is_leaf(this);

        /// <summary>Keeps the gradient of a tensor that is no leaf.</summary>
        public void retain_grad() => NativeError.Check(NativeMethods.scfm_retain_grad(this));

        /// <summary>The same data without its history.</summary>
        public Tensor detach() => NativeMethods.scfm_detach(this);

        /// <summary>Forgets the tensor's history.</summary>
        public Tensor detach_() => Done(NativeMethods.scfm_detach_(this));

        /// <summary>Adds the gradient of this one-element tensor to all leaves that it came from.</summary>
        public void backward() => NativeError.Check(NativeMethods.scfm_backward(this));

        /// <summary>Adds the gradient, weighted by <paramref name="grad_tensors"/>, to the leaves (or to <paramref name="inputs"/> only).</summary>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }

    /// <summary>Gradients on demand.</summary>
    public static partial class autograd
    {
        /// <summary>The gradients of the outputs with respect to the inputs.</summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">With respect to what.</param>
        /// <param name="grad_outputs">Weights of the outputs; ones if null.</param>
        /// <param name="retain_graph">Whether the graph can be used again.</param>
        /// <param name="create_graph">Whether the gradients can be differentiated in turn.</param>
        /// <param name="allow_unused">Whether an input may have no part in the outputs; its gradient is then null.</param>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false,
            bool allow_unused = false)
        {
            var (of, to, weights) = (Handles(outputs), Handles(inputs), Handles(grad_outputs));
            var gradients = TensorHandles.Take(
                NativeMethods.scfm_autograd_grad(
                    of, of.Length, to, to.Length, weights, weights.Length, retain_graph || create_graph, create_graph, allow_unused, out var list), list);
            GC.KeepAlive((outputs, inputs, grad_outputs));
            return gradients;
        }

        /// <summary>Adds the gradients of several tensors to the leaves that they came from (or to <paramref name="inputs"/> only).</summary>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var (roots, weights, to) = (Handles(tensors), Handles(grad_tensors), Handles(inputs));
            NativeError.Check(NativeMethods.scfm_backward_with(
                roots, roots.Length, weights, weights.Length, (retain_graph ?? create_graph) || create_graph, create_graph, to, to.Length));
            GC.KeepAlive((tensors, grad_tensors, inputs));
        }

        private static IntPtr[] Handles(IList<Tensor>? tensors) => tensors is null ? [] : TensorHandles.Of([.. tensors], allowNull: true);
    }
}
