using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The loss (x - y)^2.</summary>
    /// <param name="reduction">How the losses of the elements become one.</param>
    public sealed class MSELoss(Reduction reduction = Reduction.Mean)
        : Loss<Tensor, Tensor, Tensor>(reduction)
    {
        /// <inheritdoc/>
        public override Tensor forward(Tensor input, Tensor target) => functional.mse_loss(input, target, base.reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The loss (x - y)^2.</summary>
            public static Modules.MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);
        }
    }
}
