using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScFm.Model.Models.Scad;

/// <summary>The shape of a SCAD.</summary>
/// <remarks>Source: SCAD (Zheng et al., Advanced Science 2023) as scFoundation (Hao et al. 2024) trains it, with widths of 512 or 1,024 and of 128, 256 or 512.</remarks>
public sealed record ScadConfig
{
    private const int Widest = 1 << 20;

    /// <summary>Numbers of a sample: genes, or the width of an embedding. Taken from the data.</summary>
    [Range(1, Widest)] public int Features { get; init; } = 1;

    /// <summary>Width of what the extractor makes of a sample, and of the discriminator. Default: 512.</summary>
    [Range(1, 16_384)] public int Hidden { get; init; } = 512;

    /// <summary>Width of the predictor. Default: 128.</summary>
    [Range(1, 16_384)] public int Latent { get; init; } = 128;

    /// <summary>Dropout after every layer, in the discriminator of its answer too; 0 to below 1. Default: 0.5, as published.</summary>
    [Range(0, 0.99)] public double Dropout { get; init; } = 0.5;

    /// <summary>The shape as JSON: the same text for the same shape.</summary>
    public override string ToString() => JsonSerializer.Serialize(this);

    /// <summary>Weights that a module of this shape has at least.</summary>
    [JsonIgnore]
    internal long LeastWeights => (long)Hidden * (Features + Latent) + 3L * ((long)Hidden * Hidden + (long)Latent * Latent);
}
