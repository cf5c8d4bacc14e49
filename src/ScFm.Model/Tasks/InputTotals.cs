using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks;

/// <summary>The total counts of samples whose values are log-normalised already.</summary>
internal static class InputTotals
{
    /// <summary>Separates the totals from the expression.</summary>
    /// <param name="cells">Samples.</param>
    /// <param name="column">The column of obs that holds the totals; null where the last column of the matrix does.</param>
    /// <exception cref="InvalidDataException">There is no such column, or a total is not above 0.</exception>
    public static (AnnData Samples, double[] Totals) Take(AnnData cells, string? column)
    {
        var last = cells.GeneCount - 1;
        var where = column is null ? $"the last column ('{(last < 0 ? "" : cells.VarNames[last])}')" : $"the column '{column}' of obs";
        var totals = column is null ? LastColumn(cells.X) : OfObs(cells, column);
        for (var cell = 0; cell < totals.Length; cell++)
        {
            if (!(totals[cell] > 0) || !double.IsFinite(totals[cell]))
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"The total count of cell {cell} ('{cells.ObsNames[cell]}') in {where} is {totals[cell]}; expected a number above 0."));
            }
        }
        return (column is null ? cells.SelectGenes([.. Enumerable.Range(0, Math.Max(last, 0))]) : cells, totals);
    }

    /// <summary>Samples with the counts that their log-normalised values came from.</summary>
    /// <exception cref="InvalidDataException">The values are not multiples of a smallest one, so that no count can be told.</exception>
    public static AnnData Recover(AnnData samples) => double.IsNaN(Counts.Judge(samples.X).LogBase)
        ? throw new InvalidDataException(
            "The total counts cannot be told from these log-normalised values, which are not whole multiples of a smallest one; expected totals beside them, raw counts, or Compat.Reference, which takes the sum of the logarithms for the total.")
        : CountRecovery.Recover(samples);

    private static double[] LastColumn(CsrMatrix x)
    {
        var totals = new double[x.Rows];
        for (var row = 0; row < x.Rows; row++)
        {
            var indices = x.RowIndices(row);
            totals[row] = !indices.IsEmpty && indices[^1] == x.Columns - 1 ? x.RowValues(row)[^1] : 0;
        }
        return totals;
    }

    private static double[] OfObs(AnnData cells, string name) => cells.Obs[name] switch
    {
        NumberColumn numbers => [.. numbers.Values],
        IntegerColumn whole => [.. whole.Values.ToArray().Select(value => (double)value)],
        var other => throw new InvalidDataException($"The column '{name}' of obs is a {other.GetType().Name}; expected numbers, the total counts."),
    };
}
