namespace ScFm.Model.Cells;

/// <summary>Which cells are good enough to keep.</summary>
public sealed record QualityOptions
{
    /// <summary>A cell is kept when it expresses more genes than this; 0 or more. Default: 200, as scFoundation's corpus was filtered.</summary>
    public int MinGenes { get; init; } = 200;

    /// <summary>A cell is kept when at most this share of its counts is mitochondrial; 0 to 1. Default: no bound.</summary>
    public double? MaxMitochondrialShare { get; init; }

    /// <summary>A cell is kept when it has at least this many counts. Default: no bound.</summary>
    public double? MinCounts { get; init; }

    /// <summary>A cell is kept when it has at most this many counts. Default: no bound.</summary>
    public double? MaxCounts { get; init; }

    internal void Validate()
    {
        Expect(MinGenes >= 0, nameof(MinGenes), MinGenes, "0 or more");
        Expect(MaxMitochondrialShare is null or (>= 0 and <= 1), nameof(MaxMitochondrialShare), MaxMitochondrialShare, "a share from 0 to 1");
        Expect(MinCounts is null or >= 0, nameof(MinCounts), MinCounts, "0 or more");
        Expect(MaxCounts is null || MaxCounts >= (MinCounts ?? 0), nameof(MaxCounts), MaxCounts, $"{MinCounts ?? 0} (MinCounts) or more");
    }

    private static void Expect(bool inRange, string name, object? value, string expected)
    {
        if (!inRange)
        {
            throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{name} is {value}; expected {expected}."));
        }
    }
}
