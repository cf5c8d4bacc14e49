using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Nn;

/// <summary>How low-rank adapters are put on a model.</summary>
public sealed record LoraOptions
{
    /// <summary>Rank of what is added to a weight, 1 or more. Default: 8.</summary>
    [Range(1, 4096)] public int Rank { get; init; } = 8;

    /// <summary>What is added is multiplied by this over the rank, above 0. Default: 16.</summary>
    [Range(1e-6, 1e6)] public double Alpha { get; init; } = 16;

    /// <summary>The matrices that get an adapter: those whose name ends in one of these. Default: the projections of the encoder's attention.</summary>
    public IReadOnlyList<string> Weights { get; init; } = ["self_attn.in_proj_weight", "self_attn.out_proj.weight"];
}
