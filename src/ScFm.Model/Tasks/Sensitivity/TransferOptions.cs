using System.ComponentModel.DataAnnotations;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>How a problem is made of samples and cells.</summary>
public sealed record TransferOptions
{
    /// <summary>The column of obs that holds the class. Default: response.</summary>
    public string Label { get; init; } = "response";

    /// <summary>The label of the class that is asked about; all others are the other class. Default: sensitive, 1, true or yes, whichever the source has.</summary>
    public string? Positive { get; init; }

    /// <summary>How many genes of the source are taken, those that vary most in it; 0 takes all, as published. Default: 2,000.</summary>
    [Range(0, int.MaxValue)] public int Genes { get; init; } = 2000;

    /// <summary>What the source's samples are. Default: raw counts of single cells.</summary>
    public InputOptions Source { get; init; } = new();

    /// <summary>What the target's cells are. Default: raw counts of single cells.</summary>
    public InputOptions Target { get; init; } = new();

    /// <summary>The read depth that an embedding asks for of the target's cells; published: t4. Default: each cell's own.</summary>
    public Depth TargetDepth { get; init; }

    /// <summary>Whether a network is given an embedding at mean 0 and standard deviation 1, too; published: false, which suits vectors whose numbers vary alike. Default: true.</summary>
    public bool StandardiseEmbedding { get; init; } = true;
}
