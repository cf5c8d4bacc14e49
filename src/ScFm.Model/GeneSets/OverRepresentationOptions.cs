using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.GeneSets;

/// <summary>Which gene sets are looked for in lists of genes.</summary>
public sealed record OverRepresentationOptions
{
    /// <summary>Sets with fewer genes of the background are left out. Default: 5.</summary>
    [Range(1, int.MaxValue)] public int MinSize { get; init; } = 5;

    /// <summary>Sets with more genes of the background are left out. Default: 500.</summary>
    [Range(1, int.MaxValue)] public int MaxSize { get; init; } = 500;
}
