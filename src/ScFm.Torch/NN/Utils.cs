using ScFm.Torch.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What is done with all parameters at once.</summary>
        public static class utils
        {
            /// <summary>Scales all gradients together so that their norm is at most <paramref name="max_norm"/>; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                var gradients = Gradients(tensors);
                NativeError.Check(NativeMethods.scfm_clip_grad_norm_(TensorHandles.Of(gradients), gradients.Count, max_norm, norm_type, out var norm));
                GC.KeepAlive(gradients);
                return norm;
            }

            /// <summary>Limits each element of the gradients to +-<paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                var gradients = Gradients(tensors);
                NativeError.Check(NativeMethods.scfm_clip_grad_value_(TensorHandles.Of(gradients), gradients.Count, clip_value));
                GC.KeepAlive(gradients);
            }

            /// <summary>All parameters as one vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat([.. tensors.Select(parameter => parameter.reshape(-1))]).MoveToOuterDisposeScope();
            }

            private static List<Tensor> Gradients(IEnumerable<Parameter> tensors) =>
                [.. tensors.Select(parameter => parameter.grad).OfType<Tensor>()];
        }
    }
}
