using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Regression.Logistic;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation.Annotators;

/// <summary>Learns types by L1-penalised logistic regression on log1p of counts per 10,000: few genes a type, each with a weight that can be read.</summary>
/// <remarks>The baseline that foundation models are measured against; see <see cref="LogisticRegression"/>.</remarks>
/// <param name="options">C, scheme and folds. Default: <see cref="LogisticAnnotatorOptions"/>'s defaults.</param>
/// <example><code>
/// using var classifier = new LogisticAnnotator(new() { C = 0.1 }).Fit(cells, unlabelled: null, seed: 0);
/// </code></example>
public sealed class LogisticAnnotator(LogisticAnnotatorOptions? options = null) : IAnnotator
{
    private readonly LogisticAnnotatorOptions options = Options.Validate(options ?? new LogisticAnnotatorOptions());

    /// <inheritdoc/>
    public string Name => "logistic regression";

    /// <inheritdoc/>
    public string Settings => options.ToString();

    /// <inheritdoc/>
    /// <remarks>Unlabelled cells are not looked at. Where fewer than two types have two cells, C cannot be chosen and is 1; a note says so.</remarks>
    public ICellClassifier Fit(
        LabelledCells cells, ICellSource? unlabelled, int seed, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var counts = TypeCounts.Of(cells);
        var values = cells.Cells.Read([.. Enumerable.Range(0, cells.Cells.CellCount)], cancellation);
        Counts.Require(values);
        var expression = Normalisation.LogNormalise(values);
        var steps = progress is null ? null : new Steps(progress);
        var (model, note) = options.C is { } c
            ? (LogisticRegression.Fit(expression, cells.Labels, counts.Length, options.Regression, steps, cancellation), FormattableString.Invariant($"C = {c:G5}, as given."))
            : counts.Count(count => count > 1) < 2
                ? (LogisticRegression.Fit(expression, cells.Labels, counts.Length, options.Regression, steps, cancellation), "C = 1, since fewer than two types have the two cells that it takes to choose it.")
                : Choose(expression, cells, seed, steps, cancellation);
        var genes = new GeneVocabulary(cells.Cells.VarNames, cells.Cells.GeneIds);
        var markers = LogisticMarkers.Of(model, expression, cells.Labels);
        string[] notes =
        [
            note,
            FormattableString.Invariant($"{model.Selected:N0} of {(long)model.Coefficients.Length * genes.Count:N0} coefficients are not zero."),
            .. model.Gap > options.Tolerance * model.Objective
                ? new[] { FormattableString.Invariant($"The solution may be {model.Gap / model.Objective:P1} of the objective from the best; {options.Tolerance:P1} was wanted.") }
                : [],
        ];
        return new LogisticClassifier([.. cells.Types], genes, model.Scheme, model.Intercepts, markers, notes);
    }

    private (LogisticModel Model, string Note) Choose(CsrMatrix expression, LabelledCells cells, int seed, Steps? steps, CancellationToken cancellation)
    {
        var choice = new LogisticCrossValidationOptions { Folds = Math.Min(options.Folds, cells.Labels.Length) };
        var found = LogisticCrossValidation.Run(expression, cells.Labels, cells.Types.Count, seed, choice, options.Regression, steps, cancellation);
        return (found.Model, FormattableString.Invariant(
            $"C = {found.Model.C:G5}, chosen among {found.Cs.Length} values from {found.Cs[0]:G5} to {found.Cs[^1]:G5}: {found.Accuracies.Max():P1} of the cells left out in {choice.Folds} folds were recognised."));
    }

    /// <summary>Tells solved problems as steps of a training.</summary>
    private sealed class Steps(IProgress<TrainingProgress> progress) : IProgress<LogisticProgress>
    {
        public void Report(LogisticProgress value) => progress.Report(new TrainingProgress
        {
            Step = value.Done,
            TotalSteps = value.Total,
            Epoch = 0,
            Loss = value.Objective,
            ValidationLoss = double.NaN,
            CellsPerSecond = double.NaN,
            TokensPerSecond = double.NaN,
        });
    }
}
