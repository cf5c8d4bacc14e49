using System.Runtime.InteropServices;
using ScFm.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A function whose backward is managed code.</summary>
        /// <typeparam name="T">The function itself.</typeparam>
        public abstract class Function<T> where T : Function<T>, new()
        {
            private static readonly T Instance = new();

            /// <summary>A name for error messages.</summary>
            public abstract string Name { get; }

            internal abstract List<Tensor> Forward(AutogradContext context, object[] arguments);

            internal abstract List<Tensor> Backward(AutogradContext context, List<Tensor> gradients);

            private protected static unsafe List<Tensor> Apply(object[] arguments)
            {
                var context = new AutogradContext();
                List<Tensor> results;
                using (no_grad()) results = Instance.Forward(context, arguments);

                bool[] isTensor = [.. arguments.Select(argument => argument is Tensor { IsInvalid: false })];
                Tensor[] inputs = [.. arguments.OfType<Tensor>().Where(tensor => !tensor.IsInvalid)];
                var call = new Call(context, isTensor);
                var owner = GCHandle.Alloc(call);
                var outputs = TensorHandles.Take(
                    NativeMethods.scfm_custom_function(
                        Instance.Name, TensorHandles.Of(inputs), inputs.Length, TensorHandles.Of(results), results.Count, context.MaterializeGrads,
                        &BackwardOfNode, &ReleaseNode, GCHandle.ToIntPtr(owner), out var list), list);
                GC.KeepAlive((inputs, results));
                foreach (var result in results)
                    if (!inputs.Contains(result, ReferenceEqualityComparer.Instance)) result.Dispose();
                return [.. outputs];
            }

            /// <summary>One use of a function, owned by its node in the graph.</summary>
            private sealed class Call(AutogradContext context, bool[] isTensor) : ICall
            {
                public void Release() => context.Dispose();

                public void Backward(ReadOnlySpan<IntPtr> gradients, Span<IntPtr> results)
                {
                    using var scope = NewDisposeScope();
                    List<Tensor> given = [];
                    foreach (var handle in gradients) given.Add(handle == IntPtr.Zero ? null! : new Tensor(handle));
                    var made = Instance.Backward(context, given);
                    if (made.Count < isTensor.Length)
                        throw new InvalidOperationException(
                            $"Function {Instance.Name} returned an incorrect number of gradients (expected {isTensor.Length}), got {made.Count}");
                    var next = 0;
                    for (var i = 0; i < isTensor.Length; i++)
                        if (isTensor[i]) results[next++] = made[i] is { IsInvalid: false } gradient ? gradient.alias().DecoupleFromNativeHandle() : IntPtr.Zero;
                }
            }
        }

        private interface ICall
        {
            void Backward(ReadOnlySpan<IntPtr> gradients, Span<IntPtr> results);

            void Release();
        }

        [UnmanagedCallersOnly]
        private static unsafe int BackwardOfNode(
            IntPtr owner, IntPtr* gradients, long count, IntPtr* results, long resultCount, byte* error, long room)
        {
            try
            {
                var call = (ICall)GCHandle.FromIntPtr(owner).Target!;
                call.Backward(new ReadOnlySpan<IntPtr>(gradients, (int)count), new Span<IntPtr>(results, (int)resultCount));
                return 0;
            }
            catch (Exception e)
            {
                NativeError.Leave(e, error, room);
                return -1;
            }
        }

        [UnmanagedCallersOnly]
        private static void ReleaseNode(IntPtr owner)
        {
            var handle = GCHandle.FromIntPtr(owner);
            (handle.Target as ICall)?.Release();
            handle.Free();
        }

        /// <summary>A function of one result.</summary>
        /// <typeparam name="T">The function itself.</typeparam>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            /// <summary>Computes the result; tensors among the arguments take part in the graph.</summary>
            public static Tensor apply(params object[] vars) => Apply(vars)[0];

            /// <summary>Computes the result, unrecorded.</summary>
            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>The gradient of each argument, null for those that are no tensors.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> Forward(AutogradContext context, object[] arguments) => [forward(context, arguments)];

            internal sealed override List<Tensor> Backward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients[0]);
        }

        /// <summary>A function of several results.</summary>
        /// <typeparam name="T">The function itself.</typeparam>
        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            /// <summary>Computes the results; tensors among the arguments take part in the graph.</summary>
            public static List<Tensor> apply(params object[] vars) => Apply(vars);

            /// <summary>Computes the results, unrecorded.</summary>
            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            /// <summary>The gradient of each argument, null for those that are no tensors.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> Forward(AutogradContext context, object[] arguments) => forward(context, arguments);

            internal sealed override List<Tensor> Backward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients);
        }
    }
}
