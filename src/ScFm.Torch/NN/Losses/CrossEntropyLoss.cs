using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>Minus the logarithm of the softmax of the right class.</summary>
    /// <param name="weight">Weights of the classes, or null.</param>
    /// <param name="ignore_index">A class whose elements do not count, or null.</param>
    /// <param name="reduction">How the losses of the elements become one.</param>
    /// <param name="label_smoothing">How much of each label is spread over all classes.</param>
    public sealed class CrossEntropyLoss(
        Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0)
        : WeightedLoss<Tensor, Tensor, Tensor>(weight, reduction)
    {
        /// <summary>A class whose elements do not count, or null.</summary>
        public long? ignore_index { get; } = ignore_index;

        /// <summary>How much of each label is spread over all classes.</summary>
        public double label_smoothing { get; } = label_smoothing;

        /// <inheritdoc/>
        public override Tensor forward(Tensor input, Tensor target) =>
            functional.cross_entropy(input, target, base.weight, ignore_index ?? -100, base.reduction, label_smoothing);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Minus the logarithm of the softmax of the right class.</summary>
            public static Modules.CrossEntropyLoss CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
                new(weight, ignore_index, reduction);
        }
    }
}
