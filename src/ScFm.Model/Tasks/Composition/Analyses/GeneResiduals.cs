using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Which genes of a set of cells a model reconstructs worst, gathered from blocks of cells.</summary>
/// <remarks>
/// A residual is measured minus reconstructed expression, both in counts per 10,000: above zero where the model says too little. Its mean over the cells,
/// divided by the gene's mean expression, is the normalised residual: 1 where the model knows nothing of a gene, 0 where its mean is right.
/// A baseline's reconstruction of the same cells shows what the model lacks and the baseline has: the difference of the two residuals, cell by cell.
/// Source: <c>proportional_residual_mean</c> in Evaluations/ldvae/LDVAE_eval_class.py of the published code of Nadig et al., "Consequences of training
/// data composition for deep learning models in single-cell biology" (2025); the test over cells and the baseline are added here.
/// </remarks>
public sealed class GeneResiduals
{
    private readonly string[] genes;
    private readonly ColumnMoments measured;
    private readonly ColumnMoments reconstructed;
    private readonly ColumnMoments residual;
    private readonly ColumnMoments change;
    private readonly double[] measuredRow;
    private readonly double[] row;

    /// <summary>Begins without cells.</summary>
    /// <param name="genes">The genes, in the order of the columns.</param>
    public GeneResiduals(IReadOnlyList<string> genes)
    {
        this.genes = [.. genes];
        (measured, reconstructed, residual, change) = (new(genes.Count), new(genes.Count), new(genes.Count), new(genes.Count));
        (measuredRow, row) = (new double[genes.Count], new double[genes.Count]);
    }

    /// <summary>Number of cells so far; cells without counts are left out.</summary>
    public long Cells => residual.Count;

    /// <summary>The residuals of cells that are in memory.</summary>
    /// <param name="counts">Raw counts, [cells, genes].</param>
    /// <param name="reconstruction">Normalised expression by the model, a row sums to 10,000, [cells, genes].</param>
    /// <param name="genes">The genes, in the order of the columns.</param>
    /// <param name="baseline">The same by another model. Default: none.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static GeneResiduals Of(CsrMatrix counts, DenseMatrix reconstruction, IReadOnlyList<string> genes, DenseMatrix? baseline = null)
    {
        var residuals = new GeneResiduals(genes);
        residuals.Add(counts, reconstruction, baseline);
        return residuals;
    }

    /// <summary>Adds a block of cells.</summary>
    /// <param name="counts">Raw counts, [cells, genes].</param>
    /// <param name="reconstruction">Normalised expression by the model, a row sums to 10,000, [cells, genes].</param>
    /// <param name="baseline">The same by another model, with every block or with none. Default: none.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a baseline comes with some blocks only.</exception>
    public void Add(CsrMatrix counts, DenseMatrix reconstruction, DenseMatrix? baseline = null)
    {
        Expect(counts, reconstruction, "reconstruction");
        Expect(counts, baseline ?? reconstruction, "baseline");
        if (Cells > 0 && (baseline is null) != (change.Count == 0))
        {
            throw new ArgumentException("A baseline came with some blocks of cells and not with others; expected one with each or with none.");
        }
        var totals = counts.RowSums();
        for (var cell = 0; cell < counts.Rows; cell++)
        {
            if (totals[cell] > 0)
            {
                Add(counts, cell, Normalisation.DefaultTarget / totals[cell], reconstruction.Row(cell), baseline is null ? [] : baseline.Row(cell));
            }
        }
    }

    /// <summary>One row a gene, the worst reconstructed first.</summary>
    /// <remarks>
    /// mean: measured, in counts per 10,000. residual, residual_sd: mean and deviation over cells. normalised_residual: residual / mean. t, p_value, q_value: whether the
    /// residual is zero, over cells, and corrected for the number of genes. variance_ratio: the reconstruction's variance over the measured one.
    /// With a baseline, and then sorted by it: normalised_change, the residual minus the baseline's, over the mean, with change_t, change_p_value and change_q_value.
    /// </remarks>
    /// <param name="minimum">Genes with a mean above this many counts per 10,000 are told of. Default: 1, as in the paper.</param>
    public Table ToTable(double minimum = 1)
    {
        int[] kept = [.. Enumerable.Range(0, genes.Length).Where(gene => measured.Mean(gene) > minimum)];
        var tests = TestsOf(residual, kept);
        var table = new Table(
            new TextColumn("gene", Array.ConvertAll(kept, gene => genes[gene])),
            Number("mean", kept, measured.Mean),
            Number("residual", kept, residual.Mean),
            Number("residual_sd", kept, gene => Math.Sqrt(residual.Variance(gene))),
            Number("normalised_residual", kept, gene => residual.Mean(gene) / measured.Mean(gene)),
            new NumberColumn("t", Array.ConvertAll(tests, test => test.Statistic)),
            new NumberColumn("p_value", Array.ConvertAll(tests, test => test.PValue), "G3"),
            new NumberColumn("q_value", FalseDiscovery.BenjaminiHochberg(Array.ConvertAll(tests, test => test.PValue)), "G3"),
            Number("variance_ratio", kept, gene => reconstructed.Variance(gene) / measured.Variance(gene)));
        if (change.Count > 0)
        {
            var changes = TestsOf(change, kept);
            table = table
                .With(Number("normalised_change", kept, gene => change.Mean(gene) / measured.Mean(gene)))
                .With(new NumberColumn("change_t", Array.ConvertAll(changes, test => test.Statistic)))
                .With(new NumberColumn("change_p_value", Array.ConvertAll(changes, test => test.PValue), "G3"))
                .With(new NumberColumn("change_q_value", FalseDiscovery.BenjaminiHochberg(Array.ConvertAll(changes, test => test.PValue)), "G3"));
        }
        var worst = ((NumberColumn)table[change.Count > 0 ? "normalised_change" : "normalised_residual"]).Values.ToArray();
        return table.Select([.. Enumerable.Range(0, kept.Length).OrderByDescending(i => worst[i])]);
    }

    private void Add(CsrMatrix counts, int cell, double factor, ReadOnlySpan<float> model, ReadOnlySpan<float> baseline)
    {
        Array.Clear(measuredRow);
        var indices = counts.RowIndices(cell);
        var values = counts.RowValues(cell);
        for (var i = 0; i < indices.Length; i++)
        {
            measuredRow[indices[i]] = values[i] * factor;
        }
        measured.Add(measuredRow);
        for (var gene = 0; gene < row.Length; gene++)
        {
            row[gene] = model[gene];
        }
        reconstructed.Add(row);
        for (var gene = 0; gene < row.Length; gene++)
        {
            row[gene] = measuredRow[gene] - model[gene];
        }
        residual.Add(row);
        if (baseline.Length > 0)
        {
            for (var gene = 0; gene < row.Length; gene++)
            {
                row[gene] = (double)baseline[gene] - model[gene];
            }
            change.Add(row);
        }
    }

    private static NumberColumn Number(string name, int[] kept, Func<int, double> value) => new(name, Array.ConvertAll(kept, gene => value(gene)));

    private static TTest[] TestsOf(ColumnMoments moments, int[] kept) =>
        Array.ConvertAll(kept, gene => TTest.OfMean(moments.Mean(gene), moments.Variance(gene), moments.Count));

    private void Expect(CsrMatrix counts, DenseMatrix matrix, string what)
    {
        if (counts.Columns != genes.Length || matrix.Rows != counts.Rows || matrix.Columns != genes.Length)
        {
            throw new ArgumentException(
                $"The {what} is {matrix.Rows} x {matrix.Columns} and the counts are {counts.Rows} x {counts.Columns}; expected the same cells and {genes.Length} genes in both.");
        }
    }
}
