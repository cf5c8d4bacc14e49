namespace ScFm.Model.Cells;

/// <summary>Brings cells of different read depth to one scale.</summary>
public static class Normalisation
{
    /// <summary>The usual target: counts per 10,000.</summary>
    public const double DefaultTarget = 1e4;

    /// <summary>log(1 + counts per <paramref name="target"/>) of every cell.</summary>
    /// <param name="counts">Raw counts, [cells, genes]; left as they are.</param>
    /// <param name="target">The library size that each cell is brought to, above 0. Default: 10,000.</param>
    /// <returns>[cells, genes] with the same zeros; a cell without counts stays empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The target is not above 0.</exception>
    public static CsrMatrix LogNormalise(CsrMatrix counts, double target = DefaultTarget) => LogNormalise(counts, counts.RowSums(), target);

    /// <summary>log(1 + counts per <paramref name="target"/>) of cells that have counts of other genes, too.</summary>
    /// <param name="counts">Raw counts, [cells, genes]; left as they are.</param>
    /// <param name="totals">The counts of all genes of each cell.</param>
    /// <param name="target">The library size that each cell is brought to, above 0. Default: 10,000.</param>
    /// <returns>[cells, genes] with the same zeros.</returns>
    /// <exception cref="ArgumentException">There are not as many totals as cells.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The target is not above 0.</exception>
    public static CsrMatrix LogNormalise(CsrMatrix counts, ReadOnlySpan<double> totals, double target = DefaultTarget)
    {
        if (!(target > 0) || double.IsInfinity(target))
        {
            throw new ArgumentOutOfRangeException(nameof(target), FormattableString.Invariant($"The target is {target}; expected a number above 0."));
        }
        if (totals.Length != counts.Rows)
        {
            throw new ArgumentException($"There are {totals.Length} totals; expected {counts.Rows}, one a cell.", nameof(totals));
        }
        double[] factors = [.. totals];
        foreach (ref var factor in factors.AsSpan())
        {
            factor = target / factor;
        }
        return counts.MapRows((row, values) =>
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)Math.Log(1 + values[i] * factors[row]);
            }
        });
    }

    /// <summary>The same cells with X log-normalised; obs, var, obsm and layers are kept.</summary>
    /// <param name="counts">Cells whose X holds raw counts; left as they are.</param>
    /// <param name="target">The library size that each cell is brought to, above 0. Default: 10,000.</param>
    /// <exception cref="InvalidDataException">X holds no raw counts.</exception>
    public static AnnData LogNormalise(AnnData counts, double target = DefaultTarget)
    {
        Counts.Require(counts);
        return counts.WithX(LogNormalise(counts.X, target));
    }
}
