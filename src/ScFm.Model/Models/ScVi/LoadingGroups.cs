using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.ScVi;

/// <summary>Which two groups of cells are compared, and how chance is judged.</summary>
public sealed record LoadingGroups
{
    /// <summary>The column of obs that tells the groups apart.</summary>
    public required string Column { get; init; }

    /// <summary>The label of the group that is asked about.</summary>
    public required string Group { get; init; }

    /// <summary>The label of the group it is compared with. Default: all other cells.</summary>
    public string? Against { get; init; }

    /// <summary>
    /// The column of obs of what was sampled independently, such as donors: these are drawn again and exchanged as wholes. Default: each cell by itself, which takes
    /// cells of one donor for independent and so makes intervals too narrow where donors differ.
    /// </summary>
    public string? Replicates { get; init; }

    /// <summary>Draws of the bootstrap and exchanges of the permutation test, 20 or more. Default: 1,000.</summary>
    [Range(20, 1_000_000)] public int Draws { get; init; } = 1_000;

    /// <summary>Seed of both. Default: 0.</summary>
    public int Seed { get; init; }
}
