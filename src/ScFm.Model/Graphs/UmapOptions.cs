namespace ScFm.Model.Graphs;

/// <summary>How cells are laid out for looking at.</summary>
public sealed record UmapOptions
{
    /// <summary>Dimensions of the layout, 1 to 4. Default: 2.</summary>
    public int Components { get; init; } = 2;

    /// <summary>How near two cells may lie, in [0, <see cref="Spread"/>]. Default: 0.5, as scanpy (umap-learn: 0.1).</summary>
    public double MinDistance { get; init; } = 0.5;

    /// <summary>Scale of the layout, above 0. Default: 1.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>Rounds of optimisation, at least 0. Default: 500 up to 10,000 cells and 200 beyond, as umap-learn.</summary>
    public int? Epochs { get; init; }

    /// <summary>Cells pushed away for each one pulled, at least 0. Default: 5.</summary>
    public int NegativeSamples { get; init; } = 5;

    /// <summary>Seed of the start's noise and of the cells pushed away; a seed gives the same layout on any number of threads. Default: 0.</summary>
    public ulong Seed { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Components, 1, nameof(Components));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Components, 4, nameof(Components));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Spread, nameof(Spread));
        ArgumentOutOfRangeException.ThrowIfNegative(MinDistance, nameof(MinDistance));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinDistance, Spread, nameof(MinDistance));
        ArgumentOutOfRangeException.ThrowIfNegative(Epochs ?? 0, nameof(Epochs));
        ArgumentOutOfRangeException.ThrowIfNegative(NegativeSamples, nameof(NegativeSamples));
    }
}
