using System.ComponentModel.DataAnnotations;
using ScFm.Model.Models.ScBert;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>The linear model; the defaults are the published ones.</summary>
public sealed record LinearOptions
{
    /// <summary>Numbers of a gene's embedding; fewer where there are fewer groups. Default: 10.</summary>
    [Range(1, 1000)] public int Components { get; init; } = 10;

    /// <summary>The ridge penalty on both sides, above 0. Default: 0.1.</summary>
    [Range(1e-9, 1e9)] public double Penalty { get; init; } = 0.1;

    /// <summary>Vectors of genes, such as a foundation model's, which take the place of the embedding of what was perturbed. Default: none, the components.</summary>
    public GeneVectors? Vectors { get; init; }

    /// <summary>What the vectors are called in the method's name. Default: "vectors".</summary>
    public string VectorsName { get; init; } = "vectors";
}
