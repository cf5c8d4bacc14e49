using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Gives each cell the type whose mean it is most like: the simplest use of all genes.</summary>
/// <param name="options">How. Default: <see cref="CentroidOptions"/>'s defaults.</param>
public sealed class CentroidAnnotator(CentroidOptions? options = null) : IAnnotator
{
    private readonly CentroidOptions options = Options.Validate(options ?? new CentroidOptions());

    /// <inheritdoc/>
    public string Name => "nearest centroid";

    /// <inheritdoc/>
    public string Settings => options.ToString();

    /// <inheritdoc/>
    public ICellClassifier Fit(LabelledCells cells, ICellSource? unlabelled, int seed, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var counts = TypeCounts.Of(cells);
        var sums = new double[cells.Types.Count, cells.Cells.GeneCount];
        foreach (var (block, values) in cells.Cells.Blocks(cancellation: cancellation))
        {
            Counts.Require(values);
            var expression = Normalisation.LogNormalise(values);
            for (var row = 0; row < block.Length; row++)
            {
                var genes = expression.RowIndices(row);
                var levels = expression.RowValues(row);
                for (var i = 0; i < genes.Length; i++)
                {
                    sums[cells.Labels[block[row]], genes[i]] += levels[i];
                }
            }
        }
        var known = Enumerable.Range(0, counts.Length).Where(type => counts[type] > 0).ToArray();
        var means = new DenseMatrix(known.Length, cells.Cells.GeneCount);
        for (var i = 0; i < known.Length; i++)
        {
            for (var gene = 0; gene < means.Columns; gene++)
            {
                means[i, gene] = (float)(sums[known[i], gene] / counts[known[i]]);
            }
        }
        return new CentroidClassifier([.. cells.Types], known, new GeneVocabulary(cells.Cells.VarNames, cells.Cells.GeneIds), means, options);
    }
}
