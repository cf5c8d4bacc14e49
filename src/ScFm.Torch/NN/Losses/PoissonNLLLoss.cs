using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The loss exp(x) - y x.</summary>
    /// <param name="log_input">Whether the prediction is the logarithm of the mean.</param>
    /// <param name="full">Whether Stirling's term is added.</param>
    /// <param name="eps">Added to the mean before its logarithm.</param>
    /// <param name="reduction">How the losses of the elements become one.</param>
    public sealed class PoissonNLLLoss(bool log_input = true, bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean)
        : Loss<Tensor, Tensor, Tensor>(reduction)
    {
        /// <summary>Whether the prediction is the logarithm of the mean.</summary>
        public bool log_input { get; } = log_input;

        /// <summary>Whether Stirling's term is added.</summary>
        public bool full { get; } = full;

        /// <summary>Added to the mean before its logarithm.</summary>
        public float eps { get; } = eps;

        /// <inheritdoc/>
        public override Tensor forward(Tensor input, Tensor target) => functional.poisson_nll_loss(input, target, log_input, full, eps, base.reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The loss exp(x) - y x.</summary>
            public static Modules.PoissonNLLLoss PoissonNLLLoss(bool log_input = true, bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean) => new(log_input, full, eps, reduction);
        }
    }
}
