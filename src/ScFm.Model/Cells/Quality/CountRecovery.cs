namespace ScFm.Model.Cells;

/// <summary>Brings raw counts back from normalised values.</summary>
public static class CountRecovery
{
    /// <summary>Divides every cell by its smallest value that is not zero and takes the integer part (scFoundation, Hao et al. 2024, Methods).</summary>
    /// <remarks>
    /// Logarithms are undone first, in the base that the verdict found (e where it found none). A ratio within 0.15% of a whole number is
    /// rounded to it before the integer part is taken, since float32 puts 3 as often at 2.9999998 as at 3, and files rounded to three decimals worse.
    /// The result is exact for every cell in which some gene was counted once; in others all counts are too small by the same factor.
    /// </remarks>
    /// <param name="cells">Cells with raw, normalised or log-normalised values; left as they are.</param>
    /// <returns>The same cells with recovered counts as X; raw counts are given back unchanged.</returns>
    /// <exception cref="InvalidDataException">The values are scaled or not valid: counts cannot be recovered.</exception>
    public static AnnData Recover(AnnData cells)
    {
        var verdict = Counts.Judge(cells.X);
        return verdict.Kind switch
        {
            CountKind.Raw => cells,
            CountKind.LogNormalised => cells.WithX(Recover(cells.X, double.IsNaN(verdict.LogBase) ? Math.E : verdict.LogBase)),
            CountKind.Normalised => cells.WithX(Recover(cells.X, logBase: null)),
            _ => throw new InvalidDataException($"Counts cannot be recovered, since the values are {verdict.Name}: {verdict.Evidence}"),
        };
    }

    private static CsrMatrix Recover(CsrMatrix x, double? logBase) => x.MapRows((_, values) =>
    {
        var scale = Math.Log(logBase ?? Math.E);
        var (linear, smallest) = (new double[values.Length], double.PositiveInfinity);
        for (var i = 0; i < values.Length; i++)
        {
            linear[i] = logBase is null ? values[i] : Math.Exp(values[i] * scale) - 1;
            smallest = Math.Min(smallest, linear[i]);
        }
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)WholeMultiples.Truncate(linear[i] / smallest);
        }
    });
}
