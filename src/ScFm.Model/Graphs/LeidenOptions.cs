namespace ScFm.Model.Graphs;

/// <summary>How cells are clustered.</summary>
public sealed record LeidenOptions
{
    /// <summary>Higher gives more clusters; at least 0. Default: 1.</summary>
    public double Resolution { get; init; } = 1;

    /// <summary>What is maximised. Default: modularity, as scanpy.</summary>
    public LeidenObjective Objective { get; init; } = LeidenObjective.Modularity;

    /// <summary>Most iterations, each starting from the last one's clusters, at least 1; it ends before where one brings nothing. Default: 100.</summary>
    public int Iterations { get; init; } = 100;

    /// <summary>Randomness of the refinement (theta of the paper, beta of igraph), above 0. Default: 0.01.</summary>
    public double Randomness { get; init; } = 0.01;

    /// <summary>Seed; the same seed gives the same clusters. Default: 0.</summary>
    public ulong Seed { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Resolution, nameof(Resolution));
        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 1, nameof(Iterations));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Randomness, nameof(Randomness));
        if (!double.IsFinite(Resolution))
        {
            throw new ArgumentOutOfRangeException(nameof(Resolution), Resolution, "The resolution is a finite number of at least 0.");
        }
    }
}
