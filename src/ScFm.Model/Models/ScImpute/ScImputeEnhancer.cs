using ScFm.Model.Cells;

namespace ScFm.Model.Models.ScImpute;

/// <summary>scImpute: finds the values that are likely dropouts and replaces these alone, from similar cells.</summary>
/// <remarks>
/// Source: Li and Li, Nature Communications 9 (2018). Values that are not dropouts keep their place, outliers stay as they are, and a gene that no
/// cell expresses stays at zero.
/// </remarks>
/// <example>
/// <code>
/// var recovered = new ScImputeEnhancer(new() { Subpopulations = 5 }).Enhance(cells);
/// </code>
/// </example>
public sealed class ScImputeEnhancer : IEnhancer
{
    private const int LeastCells = 10;

    private readonly ScImputeOptions options;

    /// <summary>Makes the method.</summary>
    /// <param name="options">How. Default: see there.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ScImputeEnhancer(ScImputeOptions? options = null) => this.options = Options.Validate(options ?? new());

    /// <inheritdoc/>
    public string Name => "scImpute";

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The values are not raw counts, a cell is empty, or there are fewer than 10 cells.</exception>
    public DenseMatrix Enhance(AnnData cells, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        EnhancerInput.Require(Name, cells, LeastCells);
        var values = LogScale.AboveZero(cells.X);
        var parts = Subpopulations.Find(values, options, cancellation);
        var models = Array.ConvertAll(parts.Members, members => new DropoutModel(values, members, options.LeastExpressing, cancellation));
        var expression = Normalisation.LogNormalise(cells.X).ToDense();
        var (done, told) = (0, new Lock());
        Parallel.For(0, cells.CellCount, new ParallelOptions { CancellationToken = cancellation }, cell =>
        {
            if (parts.Labels[cell] >= 0)
            {
                var row = expression.Row(cell);
                foreach (var (gene, value) in CellImputation.Run(values, cell, parts.Similar(cell, options.SimilarCells), models[parts.Labels[cell]], options.Threshold))
                {
                    row[gene] = (float)LogScale.ToLogNormalised(value);
                }
            }
            lock (told)
            {
                progress?.Report(++done);
            }
        });
        return expression;
    }
}
