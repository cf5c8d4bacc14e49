using ScFm.Model.Corpora;
using ScFm.Model.Display;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>How well methods annotate cells that they did not learn from: each with few labels and with many, over seeds, beside what learns next to nothing.</summary>
/// <remarks>Source of the design: Boiarsky et al. 2023, "A deep dive into single-cell RNA sequencing foundation models".</remarks>
/// <param name="Plan">What was asked, with the cells' identity.</param>
/// <param name="Types">The types, in ordinal order.</param>
/// <param name="Outcomes">Every single run, those of the sensitivity last.</param>
/// <param name="Notes">What should be known of data and split, one sentence each.</param>
/// <param name="About">Data, split, hyper-parameters, seeds and versions, in words: what is needed to repeat it.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed partial record AnnotationStudy(
    AnnotationPlan Plan, IReadOnlyList<string> Types, IReadOnlyList<AnnotationOutcome> Outcomes, IReadOnlyList<string> Notes, IReadOnlyList<(string Name, string Value)> About) : ScoredStudy
{
    private IReadOnlyList<AnnotationSummary>? summaries;

    /// <summary>Runs a plan; a plan that was stopped goes on where it was.</summary>
    /// <param name="plan">The plan; everything that can be wrong with it is found before anything is fitted.</param>
    /// <param name="folder">Where results are kept, and found again. Default: nowhere.</param>
    /// <param name="open">Opens a path of the plan. Default: <see cref="Corpus.Open"/>.</param>
    /// <param name="progress">Told before every result, and while a model is trained. Default: nobody.</param>
    /// <param name="cancellation">Stops between two steps; results so far are kept in the folder.</param>
    /// <exception cref="ArgumentException">A field of the plan cannot be; the message names it.</exception>
    /// <exception cref="FileNotFoundException">A path of the plan leads nowhere.</exception>
    /// <exception cref="InvalidDataException">The cells are not as the plan has them: a column is not there, there are fewer than two types, or a part is empty.</exception>
    /// <exception cref="OperationCanceledException">The study was stopped.</exception>
    public static AnnotationStudy Run(
        AnnotationPlan plan, string? folder = null, Func<string, Corpus>? open = null, IProgress<StudyStep>? progress = null, CancellationToken cancellation = default)
    {
        AnnotationPlanCheck.Require(plan);
        var cells = AnnotationCells.Prepare(plan, open ?? Corpus.Open, cancellation);
        var (store, models) = (new ResultStore(folder is null ? null : Path.Combine(folder, "results")), folder is null ? null : Path.Combine(folder, "models"));
        var keeping = plan with { Methods = [.. plan.Methods.Select(method => method.Keeping(models))] }; // a share of the labels finds what another has pretrained
        var outcomes = new AnnotationRunner(keeping, cells, store, progress).Run(cancellation);
        return new AnnotationStudy(plan with { Identity = cells.Identity }, cells.Types, outcomes, cells.Notes, Described(plan, cells));
    }

    /// <summary>The methods, in the order of the plan.</summary>
    public IReadOnlyList<string> Methods => [.. Summaries.Select(summary => summary.Method).Distinct()];

    /// <summary>The shares of the labels, ascending.</summary>
    public IReadOnlyList<double> Fractions => [.. Summaries.Select(summary => summary.Fraction).Distinct().Order()];

    /// <summary>The method that others are tested against.</summary>
    public string Reference => Plan.Reference ?? Methods[Math.Max(0, Plan.Methods.ToList().FindIndex(method => method.Kind == "logistic"))];

    /// <summary>Every method at every share of the labels.</summary>
    public IReadOnlyList<AnnotationSummary> Summaries => summaries ??=
    [
        .. from outcome in Outcomes
           where outcome.Option is null
           group outcome by (outcome.Method, outcome.Fraction) into runs
           select new AnnotationSummary(runs.Key.Method, runs.Key.Fraction, [.. runs.OrderBy(run => run.Seed)], Overlap),
    ];

    /// <summary>The measures of all types together, and of the plan's pair where it names one.</summary>
    public IReadOnlyList<Measure<AnnotationOutcome>> Measures => Plan.Pair is [var a, var b]
        ? [.. AnnotationMeasures.All, AnnotationMeasures.PairAccuracy(Place(a), Place(b)), AnnotationMeasures.PairF1(Place(a), Place(b))]
        : AnnotationMeasures.All;

    /// <summary>One method at one share of the labels.</summary>
    /// <param name="method">The method.</param>
    /// <param name="fraction">The share of the labels. Default: the largest.</param>
    /// <exception cref="KeyNotFoundException">There is no such method or share.</exception>
    public AnnotationSummary Of(string method, double? fraction = null) =>
        Summaries.FirstOrDefault(summary => summary.Method == method && summary.Fraction == (fraction ?? Fractions[^1]))
        ?? throw new KeyNotFoundException(FormattableString.Invariant(
            $"The study has no '{method}' at {fraction ?? Fractions[^1]:0.####} of the labels; it has {string.Join(", ", Methods)} at {string.Join(", ", Fractions.Select(share => share.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)))}."));

    /// <summary>The runs of one question of sensitivity, by value in the order of the plan and by seed.</summary>
    /// <param name="asked">One of the plan's questions.</param>
    public IReadOnlyList<(string Value, IReadOnlyList<AnnotationOutcome> Runs)> Sensitivity(PlannedSensitivity asked) =>
    [
        .. asked.Values.Select(value => value.ToString()).Select(value => (value, (IReadOnlyList<AnnotationOutcome>)[
            .. Outcomes.Where(run => run.Method == asked.Method && run.Option == asked.Option && run.Value == value && run.Fraction == asked.Fraction).OrderBy(run => run.Seed)])),
    ];

    /// <summary>Test cells over the labelled cells of the training part where each seed splits anew: what two splits of the same cells share; otherwise 0.</summary>
    private double Overlap => Plan.Split.Anew && Outcomes.MaxBy(run => run.Fraction) is { } run ? run.Matrix.Total * run.Fraction / run.TrainingCells : 0;

    private int Place(string type) => Types.ToList().IndexOf(type);

    private static IReadOnlyList<(string, string)> Described(AnnotationPlan plan, AnnotationCells cells) =>
    [
        .. cells.Sources,
        ("labels", $"{cells.Types.Length} types of the column {plan.Label}: {string.Join(", ", cells.Types)}"),
        .. cells.Splits,
        .. StudiedAnnotator.All(plan).Select(method => ("method " + method.Name, $"{method.Annotator.Name}: {method.Annotator.Settings}")),
        ("seeds", FormattableString.Invariant($"0 to {plan.Seeds - 1}: each draws the labels of a smaller share anew and fits anew{(plan.Split.Anew ? ", on another split" : ", on the same split")}")),
        ("versions", StudyVersions.Text),
    ];
}
