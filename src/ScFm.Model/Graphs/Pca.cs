using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>Principal components of cells: exact, centred without making a sparse matrix dense.</summary>
/// <remarks>
/// Eigenpairs of the covariance with divisor cells - 1. The sign of a component is chosen so that its largest loading
/// (by absolute value) is positive.
/// </remarks>
public sealed class Pca
{
    // Of the largest eigenvalue. An eigenvalue's error is of the order of the square of this.
    private const double Tolerance = 1e-7;

    private Pca(DenseMatrix scores, DenseMatrix loadings, double[] mean, double[] variance, double total)
    {
        (Scores, Loadings, Mean, ExplainedVariance) = (scores, loadings, mean, variance);
        ExplainedVarianceRatio = Array.ConvertAll(variance, v => total > 0 ? v / total : 0);
    }

    /// <summary>Each cell's coordinates, [cells, components]: what scanpy calls X_pca.</summary>
    public DenseMatrix Scores { get; }

    /// <summary>Unit vectors in the space of genes, [components, genes].</summary>
    public DenseMatrix Loadings { get; }

    /// <summary>Mean of each gene (after scaling, where asked for), which was subtracted.</summary>
    public double[] Mean { get; }

    /// <summary>Variance along each component, in descending order.</summary>
    public double[] ExplainedVariance { get; }

    /// <summary>Share of the total variance along each component, in [0, 1].</summary>
    public double[] ExplainedVarianceRatio { get; }

    /// <summary>Finds the principal components of sparse cells, [cells, genes].</summary>
    /// <exception cref="ArgumentException">There are fewer than two cells, no gene, or a value that is not finite.</exception>
    public static Pca Fit(CsrMatrix cells, PcaOptions? options = null, CancellationToken cancel = default) =>
        Fit(RowMatrix.Of(cells), options ?? new(), cancel);

    /// <summary>Finds the principal components of dense cells, [cells, features].</summary>
    /// <exception cref="ArgumentException">There are fewer than two cells, no feature, or a value that is not finite.</exception>
    public static Pca Fit(DenseMatrix cells, PcaOptions? options = null, CancellationToken cancel = default) =>
        Fit(RowMatrix.Of(cells), options ?? new(), cancel);

    /// <summary>The coordinates of other cells, [cells, components]; they must be in the scale of those that the components were found in.</summary>
    /// <param name="cells">The cells, [cells, genes].</param>
    public DenseMatrix Project(CsrMatrix cells) => Project(cells, Mean, Loadings);

    /// <summary>The coordinates of cells by the mean and the loadings of components.</summary>
    internal static DenseMatrix Project(CsrMatrix cells, double[] mean, DenseMatrix loadings)
    {
        var rows = RowMatrix.Of(cells);
        return Columns([.. Enumerable.Range(0, loadings.Rows).Select(component => Score(rows, mean, Array.ConvertAll(loadings.Row(component).ToArray(), value => (double)value)))]);
    }

    private static Pca Fit(RowMatrix cells, PcaOptions options, CancellationToken cancel)
    {
        options.Validate();
        if (cells.Rows < 2 || cells.Columns < 1)
        {
            throw new ArgumentException($"Principal components were asked of {cells.Rows} cells and {cells.Columns} genes; at least 2 cells and 1 gene are needed.");
        }
        var (mean, variance) = Moments(cells);
        if (options.Scale)
        {
            // A gene that does not vary stays as it is. Cutting v at mean + clip * deviation cuts its standardised value at clip,
            // and zeros stay zeros.
            var deviations = Array.ConvertAll(variance, v => v > 0 ? Math.Sqrt(v) : 1);
            var ceilings = mean.Zip(deviations, (m, d) => m + options.Clip * d).ToArray();
            cells = cells.Scaled(ceilings, deviations);
            (mean, variance) = Moments(cells);
        }
        var count = Math.Min(options.Components, Math.Min(cells.Rows, cells.Columns));
        var byGene = cells.Columns <= cells.Rows;
        var (eigenvalues, vectors) = Lanczos.Largest(
            byGene ? cells.Columns : cells.Rows, count, byGene ? v => GeneProduct(cells, mean, v) : u => CellProduct(cells, mean, u),
            options.Seed, Tolerance, int.MaxValue, cancel);
        var loadings = byGene ? vectors : Array.ConvertAll(vectors, u => Unit(Project(cells, mean, u)));
        var scores = Array.ConvertAll(loadings, v => Score(cells, mean, Oriented(v)));
        var explained = Array.ConvertAll(eigenvalues, e => Math.Max(e, 0) / (cells.Rows - 1));
        return new Pca(Columns(scores), Rows(loadings), mean, explained, variance.Sum());
    }

    private static (double[] Mean, double[] Variance) Moments(RowMatrix cells)
    {
        var mean = cells.SumRows((row, sum) => cells.AddRow(row, 1.0 / cells.Rows, sum));
        var variance = cells.SumRows(cells.AddSquares);
        for (var gene = 0; gene < mean.Length; gene++)
        {
            if (!double.IsFinite(variance[gene]))
            {
                throw new ArgumentException($"Column {gene} of the matrix holds a value that is not finite; principal components need finite values.");
            }
            variance[gene] = Math.Max(0, variance[gene] - cells.Rows * mean[gene] * mean[gene]) / (cells.Rows - 1);
        }
        return (mean, variance);
    }

    // With C the cells less their mean: C' C v = X' (X v) - n mean (mean . v). One pass over the rows.
    private static double[] GeneProduct(RowMatrix cells, double[] mean, double[] v)
    {
        var product = cells.SumRows((row, sum) => cells.AddRow(row, cells.Dot(row, v), sum));
        LinearSpace.Add(-cells.Rows * LinearSpace.Dot(mean, v), mean, product);
        return product;
    }

    // C C' u, the better side when there are fewer cells than genes.
    private static double[] CellProduct(RowMatrix cells, double[] mean, double[] u) => Score(cells, mean, Project(cells, mean, u));

    // C v
    private static double[] Score(RowMatrix cells, double[] mean, double[] v)
    {
        var (scores, shift) = (cells.Times(v), LinearSpace.Dot(mean, v));
        foreach (ref var score in scores.AsSpan())
        {
            score -= shift;
        }
        return scores;
    }

    // C' u
    private static double[] Project(RowMatrix cells, double[] mean, double[] u)
    {
        var projection = cells.SumRows((row, sum) => cells.AddRow(row, u[row], sum));
        LinearSpace.Add(-u.Sum(), mean, projection);
        return projection;
    }

    private static double[] Unit(double[] vector)
    {
        var norm = LinearSpace.Norm(vector);
        LinearSpace.Multiply(vector, norm > 0 ? 1 / norm : 0);
        return vector;
    }

    private static double[] Oriented(double[] loading)
    {
        if (loading.MaxBy(Math.Abs) < 0)
        {
            LinearSpace.Multiply(loading, -1);
        }
        return loading;
    }

    private static DenseMatrix Rows(double[][] vectors) =>
        new(vectors.Length, vectors[0].Length, [.. vectors.SelectMany(v => v.Select(x => (float)x))]);

    private static DenseMatrix Columns(double[][] vectors)
    {
        var matrix = new DenseMatrix(vectors[0].Length, vectors.Length);
        for (var i = 0; i < vectors.Length; i++)
        {
            for (var row = 0; row < matrix.Rows; row++)
            {
                matrix[row, i] = (float)vectors[i][row];
            }
        }
        return matrix;
    }
}
