using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The loss -y log x - (1 - y) log(1 - x).</summary>
    /// <param name="weight">Weights of the elements, or null.</param>
    /// <param name="reduction">How the losses of the elements become one.</param>
    public sealed class BCELoss(Tensor? weight = null, Reduction reduction = Reduction.Mean)
        : WeightedLoss<Tensor, Tensor, Tensor>(weight, reduction)
    {
        /// <inheritdoc/>
        public override Tensor forward(Tensor input, Tensor target) => functional.binary_cross_entropy(input, target, base.weight, base.reduction);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The loss -y log x - (1 - y) log(1 - x).</summary>
            public static Modules.BCELoss BCELoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) => new(weight, reduction);
        }
    }
}
