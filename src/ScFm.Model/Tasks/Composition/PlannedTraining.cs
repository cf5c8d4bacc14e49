using ScFm.Model.Corpora;

namespace ScFm.Model.Tasks.Composition;

/// <summary>What models are trained on under one name.</summary>
/// <param name="Name">The name that tables and figures show.</param>
/// <param name="Mix">How many cells of which sets; a set may stand twice, for more of the same without a cell twice.</param>
public sealed record PlannedTraining(string Name, IReadOnlyList<PlannedPart> Mix)
{
    /// <summary>Cells that are left out, of every set of the mix; a cell without a label is left out too, since it may be one of them. Default: none.</summary>
    public CellChoice? HoldOut { get; init; }

    /// <summary>A study that is left out: the name of a file or folder of one of the mix's sets, without its ending. Default: none.</summary>
    public string? LeaveOut { get; init; }

    /// <summary>All that is left out, as choices of cells.</summary>
    internal IEnumerable<(string Field, CellChoice Choice)> LeftOut =>
    [
        .. HoldOut is { } held ? [("holdOut", held)] : Array.Empty<(string, CellChoice)>(),
        .. LeaveOut is { } study ? [("leaveOut", new CellChoice(CorpusSource.Column, [study]))] : Array.Empty<(string, CellChoice)>(),
    ];

    /// <summary>Such as "600 of blood + 600 of lines, without cell_type B".</summary>
    public override string ToString() =>
        string.Join(" + ", Mix) + string.Concat(LeftOut.Select(left => $", without {left.Choice}"));
}
