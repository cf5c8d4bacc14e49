using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Metrics.Classification;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>A classifier that was trained on labelled cells, with what it makes of some that were held out.</summary>
/// <param name="Classifier">The classifier; of the cells that were not held out.</param>
/// <param name="HeldOut">The cells that were held out, ascending.</param>
/// <param name="Types">The types.</param>
/// <param name="Matrix">What the held-out cells were taken for; null where none was held out.</param>
/// <param name="Notes">What should be known, one sentence each.</param>
public sealed record TrainedClassifier(ICellClassifier Classifier, int[] HeldOut, IReadOnlyList<string> Types, ConfusionMatrix? Matrix, IReadOnlyList<string> Notes)
{
    /// <summary>Trains.</summary>
    /// <param name="cells">Raw counts. Those without a label are not learnt from; a method that pretrains may use them for that.</param>
    /// <param name="label">The column of obs that holds the types.</param>
    /// <param name="annotator">The method.</param>
    /// <param name="heldOut">Share of each type to hold out, 0 to below 1; the last cell of a type is never held out. Default: 0.1.</param>
    /// <param name="seed">Fixes all that is random. Default: 0.</param>
    /// <param name="progress">Told of each step of a training.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <exception cref="InvalidDataException">There is no such column, or fewer than two types.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside its range.</exception>
    public static TrainedClassifier Of(
        ICellSource cells, string label, IAnnotator annotator, double heldOut = 0.1, int seed = 0, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (!(heldOut is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(heldOut), FormattableString.Invariant($"The share to hold out is {heldOut}; expected 0 to below 1."));
        }
        var (types, labels) = TypeLabels.Of(cells.Obs, label);
        var all = Corpus.Of(cells);
        var labelled = Enumerable.Range(0, labels.Length).Where(cell => labels[cell] >= 0).ToArray();
        var aside = SplitDraw.Away(labelled, labels, heldOut, seed);
        var training = labelled.Except(aside).ToArray();
        var unlabelled = Enumerable.Range(0, labels.Length).Except(aside).ToArray();
        var classifier = annotator.Fit(
            new LabelledCells(all.Choose(training, "to learn from"), types, [.. training.Select(cell => labels[cell])]), all.Choose(unlabelled, "to pretrain on"), seed, progress, cancellation);
        var notes = SplitNotes.Of(types, labels, new AnnotationParts(training, aside, [.. unlabelled.Except(training)], []), isTested: aside.Length > 0);
        var matrix = aside.Length == 0 ? null
            : new ConfusionMatrix(TestedCells.Of(classifier, all.Choose(aside, "held out"), cancellation).Confusion(classifier, types, Array.ConvertAll(aside, cell => labels[cell])));
        return new TrainedClassifier(classifier, aside, types, matrix, [.. notes, .. classifier.Fit.Notes]);
    }

    /// <summary>Precision, recall and F1 of each type among the held-out cells; null where none was held out.</summary>
    public Table? ToTable() => Matrix?.PerClass.Take(Types.Count).ToArray() is { } scores ? new Table(
    [
        new TextColumn("type", [.. Types]),
        new IntegerColumn("held-out cells", Array.ConvertAll(scores, score => score.Support)),
        new NumberColumn("precision", Array.ConvertAll(scores, score => score.Precision), "F3"),
        new NumberColumn("recall", Array.ConvertAll(scores, score => score.Recall), "F3"),
        new NumberColumn("F1", Array.ConvertAll(scores, score => score.F1), "F3"),
    ]) : null;
}
