using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures;

/// <summary>One coordinate system of a figure with what is drawn in it, first mark first.</summary>
public sealed record Panel
{
    /// <summary>Makes a panel of the given marks.</summary>
    public Panel(params IEnumerable<Mark> marks) => Marks = [.. marks];

    /// <summary>What is drawn, first mark first.</summary>
    public IReadOnlyList<Mark> Marks { get; init; }

    /// <summary>What stands above the panel. Default: nothing.</summary>
    public string? Title { get; init; }

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; init; } = new();

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; init; } = new();

    /// <summary>The marks that the legend names, in its order; empty where only one mark has a name and it needs no telling apart.</summary>
    internal IReadOnlyList<Mark> Legend =>
        Marks.Count(mark => mark.Name is not null) > 1 ? [.. Marks.Where(mark => mark.Name is not null).OrderBy(mark => mark.LegendRank)] : [];

    /// <summary>Number of points in all scatters of the panel.</summary>
    internal int PointCount => Marks.OfType<Points>().Sum(points => points.X.Count);
}
