using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Screens;

/// <summary>How a screen is read from cells.</summary>
public sealed record ScreenOptions
{
    /// <summary>The column of obs that says what was perturbed. Default: perturbation.</summary>
    public string Column { get; init; } = "perturbation";

    /// <summary>The column of obs that says in what it was perturbed, such as a cell type or a patient. Default: none, one context.</summary>
    public string? Context { get; init; }

    /// <summary>The column of obs that holds each cell's counts of all genes, where the cells have only some of them. Default: none, the sum of the counts.</summary>
    public string? Depth { get; init; }

    /// <summary>Labels of control cells beyond those that are recognised; see <see cref="ConditionNames"/>. Default: none.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>What becomes of targets that are no gene of the screen. Default: an error.</summary>
    public UnmeasuredTargets Unmeasured { get; init; }

    /// <summary>The most genes to predict: those that vary most, and all targets. Null takes all. Default: 5,000.</summary>
    [Range(1, int.MaxValue)] public int? MostGenes { get; init; } = 5000;

    /// <summary>The genes to predict, in this order, such as those of a trained model. Default: none are named, and <see cref="MostGenes"/> counts.</summary>
    public IReadOnlyList<string>? Genes { get; init; }

    /// <summary>True for cells to start predictions from, none of which need be perturbed. Default: false.</summary>
    public bool AllowsControlAlone { get; init; }

    /// <summary>The fewest cells of a condition in a context; of fewer the mean says little, and they are left out. Default: 5.</summary>
    [Range(1, int.MaxValue)] public int FewestCells { get; init; } = 5;
}
