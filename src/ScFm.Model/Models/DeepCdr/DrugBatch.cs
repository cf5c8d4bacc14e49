using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The drugs of some pairs, each once, their atoms below each other; the last row stands for every empty slot.</summary>
internal sealed class DrugBatch
{
    /// <summary>What is known of the atoms and their neighbours, summed over each atom's neighbourhood, and in the last column the neighbourhood's own weight, [rows, features + 1].</summary>
    public required Tensor Neighbourhoods { get; init; }

    /// <summary>Sums over the neighbourhood of each row.</summary>
    public required RowSums Adjacency { get; init; }

    /// <summary>Each row's share of all slots of all pairs, [1, rows]; they sum to 1.</summary>
    public required Tensor Shares { get; init; }

    /// <summary>The same numbers.</summary>
    public required float[] ShareValues { get; init; }

    /// <summary>Slots of all pairs.</summary>
    public required long Slots { get; init; }

    /// <summary>The mean over each drug's slots.</summary>
    public required RowSums Means { get; init; }

    /// <summary>The rows of each drug's atoms, [drugs, most atoms + 1], filled up with the row of an empty slot or, where the drug has none, its first atom.</summary>
    public required Tensor Rows { get; init; }

    /// <summary>Which drug each pair has, [pairs].</summary>
    public required Tensor DrugOfPair { get; init; }
}
