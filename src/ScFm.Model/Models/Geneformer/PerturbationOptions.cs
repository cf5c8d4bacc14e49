using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.Geneformer;

/// <summary>How genes are perturbed.</summary>
public sealed record PerturbationOptions
{
    /// <summary>What is done to a gene. Default: it is deleted.</summary>
    public Perturbation Kind { get; init; }

    /// <summary>Whose states a cell's vector is the mean of. Default: those of the second to last block.</summary>
    public EmbeddingLayer Layer { get; init; }

    /// <summary>How many ranks above or below the gene the random gene of the null stands at most, 1 or more. Default: 20.</summary>
    [Range(1, 65_536)] public int NullRanks { get; init; } = 20;

    /// <summary>Seed of the random genes. Default: 0.</summary>
    public int Seed { get; init; }
}
