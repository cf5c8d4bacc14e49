namespace ScFm.Interactive.Figures.Marks;

/// <summary>One layer of a panel: points, a line, bars, boxes, discs, a heat map or texts.</summary>
public abstract record Mark
{
    private protected Mark() { }

    /// <summary>What the legend calls it; null keeps it out of the legend. Default: null.</summary>
    public string? Name { get; init; }

    /// <summary>Its place in the legend, small first; marks with equal ranks keep the order in which they are drawn. Default: 0.</summary>
    public int LegendRank { get; init; }
}
