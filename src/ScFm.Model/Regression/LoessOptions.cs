using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Regression;

/// <summary>How a curve is fitted by <see cref="Loess"/>.</summary>
public sealed record LoessOptions
{
    /// <summary>The share of the points that each local fit looks at, the nearest ones. Default: 0.3.</summary>
    [Range(1e-6, 1)] public double Span { get; init; } = 0.3;

    /// <summary>The degree of the local polynomial: 1 or 2. Default: 2.</summary>
    [Range(1, 2)] public int Degree { get; init; } = 2;

    /// <summary>Cells of the tree are cut until they hold this share of the points of one local fit, or fewer. Default: 0.2.</summary>
    [Range(1e-6, 1)] public double Cell { get; init; } = 0.2;
}
