using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Looks at no gene: every cell is of the type that most labelled cells are of. What any annotator must beat.</summary>
public sealed class MajorityAnnotator : IAnnotator
{
    /// <inheritdoc/>
    public string Name => "majority vote";

    /// <inheritdoc/>
    public string Settings => "the types' shares of the labelled cells";

    /// <inheritdoc/>
    public ICellClassifier Fit(LabelledCells cells, ICellSource? unlabelled, int seed, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var counts = TypeCounts.Of(cells);
        return new MajorityClassifier([.. cells.Types], [.. counts.Select(count => (float)count / cells.Labels.Length)]);
    }
}
