using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Models.ScVi;

/// <summary>The batches that cells were made in, such as donors or laboratories, by their labels.</summary>
/// <param name="Column">The column of obs that holds the labels; null where all cells are one batch.</param>
/// <param name="Labels">The labels, in the order of the model; one where all cells are one batch.</param>
internal sealed record CellBatches(string? Column, string[] Labels)
{
    /// <summary>All batches of the cells, in ordinal order.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">A cell has no label.</exception>
    public static CellBatches Of(ICellSource cells, string? column) =>
        column is null ? new(null, [""]) : new(column, [.. LabelsOf(cells, column).Distinct().Order(StringComparer.Ordinal)]);

    /// <summary>The batch of each cell, as an index into the labels.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">A cell has no label, or one that is unknown.</exception>
    public long[] CodesOf(ICellSource cells) => Column is null
        ? new long[cells.CellCount]
        : [.. LabelsOf(cells, Column).Select((label, cell) => Code(label, $"Cell {cell} ('{cells.ObsNames[cell]}') is of"))];

    /// <summary>The index of a batch.</summary>
    /// <param name="label">Its label.</param>
    /// <param name="subject">How an error begins.</param>
    /// <exception cref="InvalidDataException">There is no such batch.</exception>
    public long Code(string label, string subject)
    {
        var code = Array.IndexOf(Labels, label);
        return code >= 0
            ? code
            : Column is null
            ? throw new InvalidDataException($"{subject} the batch '{label}', but the model was trained without batches; expected none.")
            : throw new InvalidDataException($"{subject} the batch '{label}', which the model does not know; expected one of {string.Join(", ", Labels.Take(10))}{(Labels.Length > 10 ? ", ..." : "")}.");
    }

    private static IEnumerable<string> LabelsOf(ICellSource cells, string column) => ColumnLabels.Of(cells.Obs[column]).Select((label, cell) =>
        label ?? throw new InvalidDataException($"Cell {cell} ('{cells.ObsNames[cell]}') has no value in the column '{column}'; expected the label of its batch."));
}
