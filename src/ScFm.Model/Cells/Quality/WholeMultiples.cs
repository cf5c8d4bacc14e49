namespace ScFm.Model.Cells;

/// <summary>Whether the values of a cell are whole multiples of its smallest: the trace that counts leave when they are divided by a size factor.</summary>
internal static class WholeMultiples
{
    private const int CellsLookedAt = 200;

    /// <summary>The share of cells, of up to 200 spread over the matrix, of which 95% of the values are whole multiples of the smallest; among cells with more than one value.</summary>
    internal static double Share(CsrMatrix matrix, Func<double, double> undo)
    {
        var (looked, found) = (0, 0);
        var step = Math.Max(1, matrix.Rows / CellsLookedAt);
        for (var row = 0; row < matrix.Rows; row += step)
        {
            var values = matrix.RowValues(row);
            if (values.Length < 2)
            {
                continue;
            }
            looked++;
            var smallest = double.PositiveInfinity;
            foreach (var value in values)
            {
                smallest = Math.Min(smallest, undo(value));
            }
            var whole = 0;
            foreach (var value in values)
            {
                whole += IsWhole(undo(value) / smallest) ? 1 : 0;
            }
            found += whole >= 0.95 * values.Length ? 1 : 0;
        }
        return looked == 0 ? 0 : (double)found / looked;
    }

    /// <summary>The whole number below a ratio of two float32 values, or the one just above where only rounding can have kept the ratio from it.</summary>
    internal static double Truncate(double ratio) => IsWhole(ratio) ? Math.Round(ratio) : Math.Truncate(ratio);

    // A logarithm of float32 near 8 is off by 5e-7, and so is the ratio, relatively; 1e-3 guards small ratios generously.
    private static bool IsWhole(double ratio) => Math.Abs(ratio - Math.Round(ratio)) <= Math.Max(1e-3, 2e-6 * ratio);
}
