using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Cells that models are scored on; they are set aside before any training is drawn.</summary>
/// <param name="Name">The name that tables and figures show.</param>
/// <param name="Set">The set that they come from.</param>
public sealed record PlannedEvaluation(string Name, string Set)
{
    /// <summary>The cells of the set that are scored. Default: any.</summary>
    public CellChoice? Only { get; init; }

    /// <summary>
    /// A column that a training leaves one out of: instead of this evaluation there is one for each label that is left out, "NAME - LABEL", that scores the label's cells.
    /// Every training is scored on each, those that left it out and those that did not. Default: none.
    /// </summary>
    public string? LeftOut { get; init; }

    /// <summary>The share of these that is set aside, above 0 and at most 1; what is left may be trained on, and gives the mean of the set's own cells. Default: 0.5.</summary>
    [Range(0.001, 1)] public double Share { get; init; } = 0.5;

    /// <summary>The largest number of cells, 3 or more. Default: 300.</summary>
    [Range(3, 10_000_000)] public int MostCells { get; init; } = 300;

    /// <summary>Such as "blood (cell_type B)".</summary>
    public override string ToString() => Set + (Only is { } only ? $" ({only})" : LeftOut is { } column ? $" (each {column} that is left out)" : "");
}
