using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScFm.Model.Models.Gears;

/// <summary>The shape of a GEARS.</summary>
/// <remarks>Source: GEARS (Roohani et al. 2023) in the form that scFoundation (Hao et al. 2024) trains; the defaults are the published ones.</remarks>
public sealed record GearsConfig
{
    /// <summary>Genes whose expression is predicted, 1 or more; taken from the cells. Default: 1.</summary>
    [Range(1, 1_000_000)] public int Genes { get; init; } = 1;

    /// <summary>Perturbations that have a vector, 1 or more; taken from the cells. Default: 1.</summary>
    [Range(1, 1_000_000)] public int Perturbations { get; init; } = 1;

    /// <summary>Width of every vector, 1 or more; that of the features where there are any. Default: 64.</summary>
    [Range(1, 16_384)] public int Width { get; init; } = 64;

    /// <summary>Graph convolutions over the genes, 1 or more. Default: 1.</summary>
    [Range(1, 16)] public int GeneLayers { get; init; } = 1;

    /// <summary>Graph convolutions over the perturbations, 1 or more. Default: 1.</summary>
    [Range(1, 16)] public int PerturbationLayers { get; init; } = 1;

    /// <summary>True to predict beside each change how far it may be off. Default: false.</summary>
    public bool Uncertainty { get; init; }

    /// <summary>True where each cell brings vectors of its genes, such as those of a foundation model, instead of one learnt vector a gene. Default: false.</summary>
    public bool GivenFeatures { get; init; }

    /// <summary>Places of genes for which no vector is given; each has one that is learnt, the same in all cells. Default: none.</summary>
    public int[] AbsentGenes { get; init; } = [];

    /// <summary><see cref="Compat.Reference"/>: the graph of the genes reaches the first cell of a batch alone. Default: it reaches all.</summary>
    public Compat Compat { get; init; }

    /// <summary>The shape as JSON: the same text for the same shape.</summary>
    public override string ToString() => JsonSerializer.Serialize(this);

    /// <summary>Checks what no range can say.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or an absent gene is none of the genes, comes twice, or has no others beside it.</exception>
    internal GearsConfig Checked()
    {
        Options.Validate(this);
        var absent = AbsentGenes.Distinct().Count(gene => gene >= 0 && gene < Genes);
        return absent == AbsentGenes.Length && (absent == 0 || GivenFeatures && absent < Genes)
            ? this
            : throw new ArgumentException($"{AbsentGenes.Length} of {Genes} genes are absent from the features, {absent} of them known and distinct; expected fewer than all, each once, and only where features are given.");
    }

    /// <summary>Weights that a module of this shape has at least.</summary>
    [JsonIgnore]
    internal long LeastWeights => (long)Width * (3L * Genes + Perturbations) + 8L * Width * Width;
}
