using ScFm.Model.Nn;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The drugs of some pairs, each once; of their atoms, and of empty slots, every kind once.</summary>
internal sealed class DrugBatch
{
    /// <summary>What comes into the first layer: the features of the atoms, summed over each one's neighbourhood, and in the last column the neighbourhood's own weight, [rows, features + 1].</summary>
    public required Tensor Neighbourhoods { get; init; }

    /// <summary>The graph convolutions.</summary>
    public required IReadOnlyList<DrugLayer> Layers { get; init; }

    /// <summary>The mean over each drug's slots, of the rows of the last layer.</summary>
    public required WeightedSums Means { get; init; }

    /// <summary>The rows of each drug's atoms in the last layer, [drugs, most atoms + 1], filled up with the row of an empty slot or, where the drug has none, its first atom.</summary>
    public required Tensor Rows { get; init; }

    /// <summary>Which drug each pair has, [pairs].</summary>
    public required Tensor DrugOfPair { get; init; }

    /// <summary>Rows that are convolved, of all layers.</summary>
    public long RowCount => Layers.Sum(layer => (long)layer.ShareValues.Length);
}
