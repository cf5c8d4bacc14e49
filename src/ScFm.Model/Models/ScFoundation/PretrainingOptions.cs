using System.ComponentModel.DataAnnotations;
using ScFm.Model.Cells;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>How a scFoundation is pretrained.</summary>
public sealed record PretrainingOptions
{
    /// <summary>The size, one of <see cref="Presets.Names"/>. Default: tiny.</summary>
    public string Preset { get; init; } = "tiny";

    /// <summary>The genes of the model. Default: those expressed in at least <see cref="LeastCells"/> of the training cells.</summary>
    public GeneVocabulary? Vocabulary { get; init; }

    /// <summary>Other names of genes, used where the vocabulary is given. Default: none.</summary>
    public GeneAliases? Aliases { get; init; }

    /// <summary>Without a vocabulary: the number of cells that must express a gene, 1 or more. Default: 10.</summary>
    [Range(1, int.MaxValue)] public int LeastCells { get; init; } = 10;

    /// <summary>Share of the cells that is never trained on, above 0 and below 1. Default: 0.1.</summary>
    [Range(0.001, 0.9)] public double HeldOutShare { get; init; } = 0.1;

    /// <summary>True to start the genes' vectors from the training cells' principal components instead of from noise. Default: true.</summary>
    public bool WarmStart { get; init; } = true;

    /// <summary>How cells are thinned and masked.</summary>
    public ReadDepthOptions ReadDepth { get; init; } = new();

    /// <summary>How the weights are trained; its seed also fixes the split and the first weights.</summary>
    public TrainingOptions Training { get; init; } = new();
}
