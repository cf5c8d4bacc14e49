using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The loss (x - y)^2 / (2 beta) below beta, |x - y| - beta / 2 above.</summary>
    /// <param name="reduction">How the losses of the elements become one.</param>
    /// <param name="beta">Where the square becomes a line.</param>
    public sealed class SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1.0)
        : Loss<Tensor, Tensor, Tensor>(reduction)
    {
        /// <summary>Where the square becomes a line.</summary>
        public double beta { get; } = beta;

        /// <inheritdoc/>
        public override Tensor forward(Tensor input, Tensor target) => functional.smooth_l1_loss(input, target, base.reduction, beta);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The loss (x - y)^2 / (2 beta) below beta, |x - y| - beta / 2 above.</summary>
            public static Modules.SmoothL1Loss SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1.0) => new(reduction, beta);
        }
    }
}
