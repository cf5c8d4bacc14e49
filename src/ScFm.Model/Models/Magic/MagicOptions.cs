using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.Magic;

/// <summary>How MAGIC shares expression among similar cells.</summary>
/// <remarks>Source: van Dijk et al., "Recovering gene interactions from single-cell data using data diffusion", Cell 174 (2018), STAR Methods.</remarks>
public sealed record MagicOptions
{
    /// <summary>The scale on which cells are averaged. Default: square roots.</summary>
    public MagicTransform Transform { get; init; } = MagicTransform.SquareRoot;

    /// <summary>Principal components in which distances are measured. Default: 20.</summary>
    [Range(1, 1000)] public int Components { get; init; } = 20;

    /// <summary>Which neighbour's distance is a cell's bandwidth, the cell itself not counted: the paper's ka. Default: 10.</summary>
    [Range(1, 1000)] public int BandwidthNeighbour { get; init; } = 10;

    /// <summary>How many neighbours a cell shares with, itself not counted; at least <see cref="BandwidthNeighbour"/>. Default: 30, three times ka.</summary>
    [Range(1, 3000)] public int KernelNeighbours { get; init; } = 30;

    /// <summary>The power of distance over bandwidth in the kernel's exponent. Default: 2, a Gaussian.</summary>
    [Range(0.1, 100)] public double Decay { get; init; } = 2;

    /// <summary>
    /// How many times the diffusion operator is applied, the paper's t; 0 leaves the cells as they are, and null goes on until a further time changes
    /// little, as the paper proposes. Default: 3, as the authors' later releases: blood cells keep more of their differences than by the paper's rule.
    /// </summary>
    [Range(0, 1000)] public int? Steps { get; init; } = 3;

    /// <summary>With <see cref="Steps"/> null: the Procrustes disparity between two times below which diffusion ends. Default: 0.001.</summary>
    [Range(1e-12, 1)] public double Disparity { get; init; } = 1e-3;

    /// <summary>With <see cref="Steps"/> null: the largest number of times. Default: 20.</summary>
    [Range(1, 1000)] public int MostSteps { get; init; } = 20;

    /// <summary>Seed of the principal components' iteration and of the search for neighbours among very many cells. Default: 0.</summary>
    public ulong Seed { get; init; }
}
