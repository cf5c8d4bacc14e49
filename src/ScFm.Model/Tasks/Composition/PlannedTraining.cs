using ScFm.Model.Corpora;

namespace ScFm.Model.Tasks.Composition;

/// <summary>What models are trained on under one name.</summary>
/// <param name="Name">The name that tables and figures show.</param>
/// <param name="Mix">How many cells of which sets; a set may stand twice, for more of the same without a cell twice.</param>
public sealed record PlannedTraining(string Name, IReadOnlyList<PlannedPart> Mix)
{
    /// <summary>Cells that are left out, of every set of the mix; a cell without a label is left out too, since it may be one of them. Default: none.</summary>
    public CellChoice? HoldOut { get; init; }

    /// <summary>A study that is left out: a file or folder of one of the mix's sets, as the column source calls it. Default: none.</summary>
    public string? LeaveOut { get; init; }

    /// <summary>
    /// A column of obs, such as study: instead of this training there is one a label, "NAME - LABEL", that leaves the label's cells out, and those without a label.
    /// "source" leaves out each file or folder in turn. Default: none.
    /// </summary>
    public string? LeaveOneOut { get; init; }

    /// <summary>All that is left out, as choices of cells.</summary>
    internal IEnumerable<(string Field, CellChoice Choice)> LeftOut =>
    [
        .. HoldOut is { } held ? [("holdOut", held)] : Array.Empty<(string, CellChoice)>(),
        .. LeaveOut is { } study ? [("leaveOut", new CellChoice(CorpusSource.Column, [study]))] : Array.Empty<(string, CellChoice)>(),
    ];

    /// <summary>True where the mix has cells of an evaluation and leaves out all of the kind that is scored.</summary>
    internal bool LeavesOut(PlannedEvaluation evaluation) =>
        evaluation.Only is { } only && Mixes(evaluation.Set) && LeftOut.Any(left => left.Choice.Covers(only));

    /// <summary>True where some of a set are trained on.</summary>
    internal bool Mixes(string set) => Mix.Any(part => part.Set == set);

    /// <summary>Such as "600 of blood + 600 of lines, without cell_type B".</summary>
    public override string ToString() =>
        string.Join(" + ", Mix) + string.Concat(LeftOut.Select(left => $", without {left.Choice}")) + (LeaveOneOut is null ? "" : $", without each {LeaveOneOut} in turn");
}
