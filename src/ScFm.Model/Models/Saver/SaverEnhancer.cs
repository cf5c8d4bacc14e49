using ScFm.Model.Cells;

namespace ScFm.Model.Models.Saver;

/// <summary>SAVER: a weighted mean of what a gene's count says and what the cell's other genes say of it.</summary>
/// <remarks>
/// Source: Huang et al., Nature Methods 15 (2018). The weights follow from a gamma prior about the prediction, as wide as the gene's counts make likely.
/// A gene that no cell expresses stays at zero.
/// </remarks>
/// <example>
/// <code>
/// var recovered = new SaverEnhancer(new() { RegressedGenes = 500 }).Enhance(cells);
/// </code>
/// </example>
public sealed class SaverEnhancer : IEnhancer
{
    private readonly SaverOptions options;

    /// <summary>Makes the method.</summary>
    /// <param name="options">How. Default: see there.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SaverEnhancer(SaverOptions? options = null) => this.options = Options.Validate(options ?? new());

    /// <inheritdoc/>
    public string Name => "SAVER";

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The values are not raw counts, a cell is empty, or there are fewer than two cells for each of <see cref="SaverOptions.Folds"/>.</exception>
    public DenseMatrix Enhance(AnnData cells, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        EnhancerInput.Require(Name, cells, 2 * options.Folds);
        var libraries = cells.X.RowSums();
        var meanLibrary = libraries.Average();
        var sizes = Array.ConvertAll(libraries, library => library / meanLibrary);
        var genes = cells.X.Transpose();
        var priorMeans = new PriorMeans(genes, sizes, options);
        var expression = new DenseMatrix(cells.CellCount, cells.GeneCount);
        var (done, told) = (0, new Lock());
        Parallel.For(0, cells.GeneCount, new ParallelOptions { CancellationToken = cancellation }, gene =>
        {
            if (!genes.RowIndices(gene).IsEmpty)
            {
                Recover(gene, genes, sizes, priorMeans, Normalisation.DefaultTarget / meanLibrary, expression, cancellation);
            }
            lock (told)
            {
                done++;
                progress?.Report((int)((long)cells.CellCount * done / cells.GeneCount));
            }
        });
        return expression;
    }

    /// <summary>Writes one gene's posterior means.</summary>
    private static void Recover(
        int gene, CsrMatrix genes, double[] sizes, PriorMeans priorMeans, double perTarget, DenseMatrix expression, CancellationToken cancellation)
    {
        var counts = new double[sizes.Length];
        var cells = genes.RowIndices(gene);
        var values = genes.RowValues(gene);
        for (var i = 0; i < cells.Length; i++)
        {
            counts[cells[i]] = values[i];
        }
        var means = priorMeans.Of(gene, counts, cancellation);
        var prior = GammaPrior.Fit(counts, sizes, means);
        for (var cell = 0; cell < counts.Length; cell++)
        {
            expression[cell, gene] = (float)Math.Log(1 + perTarget * prior.PosteriorMean(counts[cell], sizes[cell], means[cell]));
        }
    }
}
