using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The loss (x - y)^2 / 2 below delta, delta (|x - y| - delta / 2) above.</summary>
    /// <param name="delta">Where the square becomes a line.</param>
    /// <param name="reduction">How the losses of the elements become one.</param>
    public sealed class HuberLoss(double delta = 1.0, Reduction reduction = Reduction.Mean)
        : Loss<Tensor, Tensor, Tensor>(reduction)
    {
        /// <summary>Where the square becomes a line.</summary>
        public double delta { get; } = delta;

        /// <inheritdoc/>
        public override Tensor forward(Tensor input, Tensor target) => functional.huber_loss(input, target, delta, base.reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The loss (x - y)^2 / 2 below delta, delta (|x - y| - delta / 2) above.</summary>
            public static Modules.HuberLoss HuberLoss(double delta = 1.0, Reduction reduction = Reduction.Mean) => new(delta, reduction);
        }
    }
}
