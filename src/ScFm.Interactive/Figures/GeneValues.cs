using ScFm.Model.Cells;

namespace ScFm.Interactive.Figures;

/// <summary>One gene's values in all cells, as they are best seen.</summary>
internal static class GeneValues
{
    /// <summary>The values and their unit; null where no gene has that name.</summary>
    public static (double[] Values, string Unit)? Of(AnnData cells, string gene)
    {
        var column = Array.IndexOf(cells.VarNames, gene);
        if (column < 0)
        {
            return null;
        }
        var values = new double[cells.CellCount];
        for (var row = 0; row < values.Length; row++)
        {
            var at = cells.X.RowIndices(row).BinarySearch(column);
            values[row] = at < 0 ? 0 : cells.X.RowValues(row)[at];
        }
        if (values.Any(value => value != Math.Floor(value)))
        {
            return (values, "expression");
        }
        var sizes = cells.X.RowSums();
        return ([.. values.Select((value, row) => sizes[row] > 0 ? Math.Log(1 + value / sizes[row] * 10_000) : 0)], "log1p(CP10k)");
    }
}
