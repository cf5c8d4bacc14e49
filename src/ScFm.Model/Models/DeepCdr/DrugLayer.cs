using ScFm.Model.Nn;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>What one graph convolution does with a batch: which rows it sums, and how often each sum comes.</summary>
internal sealed class DrugLayer
{
    /// <summary>The sums of the rows of the layer before; null in the first layer, into which the sums come.</summary>
    public required WeightedSums? Sums { get; init; }

    /// <summary>Each row's share of all slots of all pairs, [1, rows]; they sum to 1.</summary>
    public required Tensor Shares { get; init; }

    /// <summary>The same numbers.</summary>
    public required float[] ShareValues { get; init; }

    /// <summary>Slots of all pairs.</summary>
    public required long Slots { get; init; }
}
