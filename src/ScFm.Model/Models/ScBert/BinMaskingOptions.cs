using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.ScBert;

/// <summary>How bins are hidden from an scBERT in pretraining. Bin 0 is never hidden, as published.</summary>
public sealed record BinMaskingOptions
{
    /// <summary>The share of a cell's bins above 0 that is to be predicted, rounded up to whole genes, above 0 and at most 1. Default: 0.15.</summary>
    [Range(1e-6, 1)] public double Share { get; init; } = 0.15;

    /// <summary>Of these, the share that the mask takes the place of, 0 to 1; the rest stays as it is. Default: 0.9.</summary>
    [Range(0, 1)] public double MaskShare { get; init; } = 0.9;
}
