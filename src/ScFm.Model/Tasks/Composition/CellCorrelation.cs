using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Each cell's squared Pearson correlation of measured and reconstructed expression.</summary>
/// <remarks>
/// Source: Nadig et al. 2025, whose published code takes log1p of counts per 10,000, log1p of the reconstruction at a library of 10,000, and the 1,000
/// genes that vary most among the scored cells.
/// </remarks>
public static class CellCorrelation
{
    /// <summary>R² of every cell over some genes.</summary>
    /// <param name="measured">log1p of counts per 10,000, [cells, genes].</param>
    /// <param name="reconstructed">The same as a model gives it, [cells, genes].</param>
    /// <param name="genes">The genes that count, as columns.</param>
    /// <returns>One value a cell, 0 to 1; NaN where measured or reconstructed values do not vary over the genes.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static float[] Squared(CsrMatrix measured, DenseMatrix reconstructed, ReadOnlySpan<int> genes)
    {
        if ((measured.Rows, measured.Columns) != (reconstructed.Rows, reconstructed.Columns))
        {
            throw new ArgumentException($"The reconstruction is {reconstructed.Rows} x {reconstructed.Columns}; expected {measured.Rows} x {measured.Columns}, as measured.");
        }
        var (scores, row) = (new float[measured.Rows], new float[measured.Columns]);
        for (var cell = 0; cell < scores.Length; cell++)
        {
            measured.CopyRow(cell, row);
            scores[cell] = Squared(row, reconstructed.Row(cell), genes);
        }
        return scores;
    }

    private static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<int> genes)
    {
        var (meanA, meanB) = (0.0, 0.0);
        foreach (var gene in genes)
        {
            meanA += a[gene];
            meanB += b[gene];
        }
        (meanA, meanB) = (meanA / genes.Length, meanB / genes.Length);
        var (product, squaresA, squaresB) = (0.0, 0.0, 0.0);
        foreach (var gene in genes)
        {
            var (x, y) = (a[gene] - meanA, b[gene] - meanB);
            product += x * y;
            squaresA += x * x;
            squaresB += y * y;
        }
        return (float)(product * product / (squaresA * squaresB));
    }
}
