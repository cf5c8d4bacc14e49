using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>The loss binary cross-entropy of logits.</summary>
    /// <param name="weight">Weights of the elements, or null.</param>
    /// <param name="reduction">How the losses of the elements become one.</param>
    /// <param name="pos_weights">Weights of the positive class.</param>
    public sealed class BCEWithLogitsLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
        : WeightedLoss<Tensor, Tensor, Tensor>(weight, reduction)
    {
        /// <summary>Weights of the positive class.</summary>
        public Tensor? pos_weights { get; } = pos_weights;

        /// <inheritdoc/>
        public override Tensor forward(Tensor input, Tensor target) => functional.binary_cross_entropy_with_logits(input, target, base.weight, base.reduction, pos_weights);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The loss binary cross-entropy of logits.</summary>
            public static Modules.BCEWithLogitsLoss BCEWithLogitsLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) => new(weight, reduction, pos_weights);
        }
    }
}
