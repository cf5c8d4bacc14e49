namespace ScFm.Model.Cells;

/// <summary>Whether the values of a cell are whole multiples of its smallest: the trace that counts leave when they are divided by a size factor.</summary>
internal static class WholeMultiples
{
    private const int CellsLookedAt = 200;

    // Float32 puts a ratio off by 1e-6 of itself; files whose logarithms were rounded to three decimals, of which there are some
    // (scanpy's pbmc68k_reduced), by up to 1.2e-3.
    private const double Precision = 1.5e-3;

    // Larger ratios lie near a whole number by chance.
    private const double LargestTelling = 50;

    /// <summary>The share of cells, of up to 200 spread over the matrix, of which 95% of the values are whole multiples of the smallest.</summary>
    /// <remarks>Only values that differ from the smallest, and are not far above it, tell; cells without such values are not counted.</remarks>
    internal static double Share(CsrMatrix matrix, Func<double, double> undo)
    {
        var (looked, found) = (0, 0);
        var step = Math.Max(1, matrix.Rows / CellsLookedAt);
        for (var row = 0; row < matrix.Rows; row += step)
        {
            var linear = Array.ConvertAll(matrix.RowValues(row).ToArray(), value => undo(value));
            var smallest = linear.Length == 0 ? 0 : linear.Min();
            var (telling, whole) = (0, 0);
            foreach (var value in linear)
            {
                if (value / smallest is > 1 + Precision and < LargestTelling and var ratio)
                {
                    telling++;
                    whole += IsWhole(ratio) ? 1 : 0;
                }
            }
            looked += telling > 0 ? 1 : 0;
            found += telling > 0 && whole >= 0.95 * telling ? 1 : 0;
        }
        return looked == 0 ? 0 : (double)found / looked;
    }

    /// <summary>The whole number below a ratio, or the one just above where only rounding can have kept the ratio from it.</summary>
    internal static double Truncate(double ratio) => IsWhole(ratio) ? Math.Round(ratio) : Math.Truncate(ratio);

    private static bool IsWhole(double ratio) => Math.Abs(ratio - Math.Round(ratio)) <= Precision * ratio;
}
