using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Principal components of the training cells: the linear model that has as many numbers a cell as a VAE, and needs seconds.</summary>
/// <param name="components">How many.</param>
internal sealed class PcaStudyModel(int components) : IStudyModel
{
    public string Name { get; } = $"PCA {components}";

    public string Settings { get; } = $"{components} principal components of log1p of counts per 10,000 of the training cells";

    public string Score => FittedExpression.ScoreName;

    public bool IsBaseline => true;

    public IFittedModel Fit(AnnData training, int seed, string? file, IProgress<double>? progress, CancellationToken cancellation)
    {
        var pca = Pca.Fit(Normalisation.LogNormalise(training.X), new PcaOptions { Components = components }, cancellation);
        return new FittedExpression((evaluation, _) => Reconstruct(pca, evaluation.LogNormalised));
    }

    // mean + (x - mean) V' V, with V the loadings; what is below zero is no expression.
    private static DenseMatrix Reconstruct(Pca pca, CsrMatrix cells)
    {
        var (expression, loadings, scores) = (new DenseMatrix(cells.Rows, cells.Columns), pca.Loadings, pca.Project(cells));
        for (var cell = 0; cell < cells.Rows; cell++)
        {
            var row = expression.Row(cell);
            for (var gene = 0; gene < row.Length; gene++)
            {
                row[gene] = (float)pca.Mean[gene];
            }
            for (var component = 0; component < loadings.Rows; component++)
            {
                var loading = loadings.Row(component);
                for (var gene = 0; gene < row.Length; gene++)
                {
                    row[gene] += scores[cell, component] * loading[gene];
                }
            }
            foreach (ref var value in row)
            {
                value = Math.Max(value, 0);
            }
        }
        return expression;
    }
}
