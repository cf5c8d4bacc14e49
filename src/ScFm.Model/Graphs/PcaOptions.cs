namespace ScFm.Model.Graphs;

/// <summary>How principal components are computed.</summary>
public sealed record PcaOptions
{
    /// <summary>Number of components, at least 1 and at most the smaller side of the matrix; a larger number is cut to that. Default: 50.</summary>
    public int Components { get; init; } = 50;

    /// <summary>Whether each gene is scaled to unit variance first, as <c>scanpy.pp.scale</c> does. Default: false.</summary>
    public bool Scale { get; init; }

    /// <summary>With <see cref="Scale"/>: standardised values above this are cut, so that one rare transcript does not make a component. Above 0. Default: 10.</summary>
    public double Clip { get; init; } = 10;

    /// <summary>Seed of the iteration's first vector; it moves results by rounding only. Default: 0.</summary>
    public ulong Seed { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Components, 1, nameof(Components));
        if (!(Clip > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Clip), Clip, "The clip of scaled values is a number above 0.");
        }
    }
}
