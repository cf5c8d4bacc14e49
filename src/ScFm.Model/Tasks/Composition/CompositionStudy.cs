using ScFm.Model.Corpora;
using ScFm.Model.Display;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.Composition;

/// <summary>What training data do to models: every model, trained on every mix with every seed, scored on cells that no training saw.</summary>
/// <remarks>
/// Source: Nadig et al. 2025, "Consequences of training data composition for deep learning models in single-cell biology". Added here: what any model must
/// beat stands beside it, and errors are told apart by cells and by seeds.
/// </remarks>
/// <param name="Plan">What was asked; each training that leaves one out, and each evaluation of what was left out, stands for itself.</param>
/// <param name="Outcomes">Every single result.</param>
/// <param name="Analyses">What the trained models hold.</param>
/// <param name="About">Data, settings and recipes, in words: what is needed to repeat it.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed partial record CompositionStudy(
    CompositionPlan Plan, IReadOnlyList<CompositionOutcome> Outcomes, IReadOnlyList<CompositionAnalysis> Analyses, IReadOnlyList<(string Name, string Value)> About) : ScoredStudy
{
    /// <summary>The level of significance, after Bonferroni's correction.</summary>
    public const double Significant = 0.05;

    private Dictionary<(string Model, string Training, string Evaluation), double[][]>? scores;
    private IReadOnlyList<CompositionSummary>? summaries;

    /// <summary>Runs a plan; a plan that was stopped goes on where it was.</summary>
    /// <param name="plan">The plan; everything that can be wrong with it is found before anything is trained.</param>
    /// <param name="folder">Where results and models are kept, and found again. Default: nowhere.</param>
    /// <param name="open">Opens a path of the plan. Default: <see cref="Corpus.Open"/>.</param>
    /// <param name="progress">Told before every result, and while a model is trained. Default: nobody.</param>
    /// <param name="cancellation">Stops between two steps; results so far, and a model half trained, are kept in the folder.</param>
    /// <exception cref="ArgumentException">A field of the plan cannot be; the message names it.</exception>
    /// <exception cref="FileNotFoundException">A path of the plan leads nowhere.</exception>
    /// <exception cref="InvalidDataException">The cells are not as the plan has them: a label or column is not there, too few cells are left, genes do not overlap, or a cell would be trained on and scored.</exception>
    /// <exception cref="OperationCanceledException">The study was stopped.</exception>
    public static CompositionStudy Run(
        CompositionPlan plan, string? folder = null, Func<string, Corpus>? open = null, IProgress<StudyStep>? progress = null, CancellationToken cancellation = default)
    {
        PlanCheck.Require(plan);
        var cells = StudyCells.Prepare(plan, open ?? Corpus.Open, cancellation);
        var (asked, models) = (plan, StudyModels.Of(plan));
        plan = cells.Plan;
        var fitted = new FittedModels(cells, folder is null ? null : Path.Combine(folder, "models"));
        var store = new ResultStore(folder is null ? null : Path.Combine(folder, "results"));
        IStudyModel[] all = [.. models, .. StudyModels.Baselines(models)];
        var outcomes = new CompositionRunner(plan, cells, all, fitted, store, progress).Run(cancellation);
        return new CompositionStudy(plan, outcomes, CompositionAnalyses.All(new AnalysisInput(plan, cells, models, fitted, cancellation)), Described(asked, cells, all));
    }

    /// <summary>The models, without what they must beat, in the order of the plan.</summary>
    public IReadOnlyList<string> Models => [.. Outcomes.Where(outcome => !outcome.IsBaseline).Select(outcome => outcome.Model).Distinct()];

    /// <summary>What every model must beat.</summary>
    public IReadOnlyList<string> Baselines => [.. Outcomes.Where(outcome => outcome.IsBaseline).Select(outcome => outcome.Model).Distinct()];

    /// <summary>Those that are scored as a model is, and so can be compared with it.</summary>
    /// <param name="model">The model.</param>
    public IReadOnlyList<string> BaselinesOf(string model) =>
        [.. Outcomes.Where(outcome => outcome.IsBaseline && outcome.Score == ScoreOf(model)).Select(outcome => outcome.Model).Distinct()];

    /// <summary>What a model's scores are called, such as R².</summary>
    /// <param name="model">The model.</param>
    public string ScoreOf(string model) => Outcomes.First(outcome => outcome.Model == model).Score;

    /// <summary>The trainings, in the order of the plan.</summary>
    public IReadOnlyList<string> Trainings => [.. Plan.Trainings.Select(training => training.Name)];

    /// <summary>The evaluations, in the order of the plan.</summary>
    public IReadOnlyList<string> Evaluations => [.. Plan.Evaluations.Select(evaluation => evaluation.Name)];

    /// <summary>The training that all others are compared with.</summary>
    public string Baseline => Plan.BaselineName;

    /// <summary>How many comparisons with the baseline training there are: what Bonferroni's correction multiplies by.</summary>
    public int Comparisons => Models.Count * (Trainings.Count - 1) * Evaluations.Count;

    /// <summary>Every model with every training and evaluation over all seeds, beside the baseline training.</summary>
    public IReadOnlyList<CompositionSummary> Summaries => summaries ??=
    [
        .. from model in Models
           from evaluation in Evaluations
           from training in Trainings
           select Compare(model, evaluation, training, Baseline),
    ];

    /// <summary>One training beside another.</summary>
    /// <param name="model">The model, or one of the baselines.</param>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="training">The training.</param>
    /// <param name="other">The training it is compared with.</param>
    /// <exception cref="KeyNotFoundException">There is no such model, training or evaluation.</exception>
    public CompositionSummary Compare(string model, string evaluation, string training, string other) =>
        new(model, training, evaluation, Scores(model, training, evaluation), Scores(model, other, evaluation));

    /// <summary>The mean score with its errors.</summary>
    /// <param name="model">The model, or one of the baselines.</param>
    /// <param name="training">The training.</param>
    /// <param name="evaluation">The evaluation.</param>
    /// <exception cref="KeyNotFoundException">There is no such model, training or evaluation.</exception>
    public CrossedMean Score(string model, string training, string evaluation) => CrossedMean.Of(Scores(model, training, evaluation));

    /// <summary>How much better a model is than another after the same training, in the same cells and seeds.</summary>
    /// <param name="model">The model, or one of the baselines.</param>
    /// <param name="other">What it is compared with: a model or baseline that is scored as it is.</param>
    /// <param name="training">The training.</param>
    /// <param name="evaluation">The evaluation.</param>
    /// <exception cref="KeyNotFoundException">There is no such model, training or evaluation.</exception>
    public CrossedMean CompareModels(string model, string other, string training, string evaluation) =>
        CrossedMean.OfDifference(Scores(model, training, evaluation), Scores(other, training, evaluation));

    /// <summary>How much better a model describes one evaluation than another, after the same training and seed by seed.</summary>
    /// <param name="model">The model, or one of the baselines.</param>
    /// <param name="training">The training.</param>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="other">The evaluation it is compared with, of other cells.</param>
    /// <exception cref="KeyNotFoundException">There is no such model, training or evaluation.</exception>
    public CrossedMean CompareEvaluations(string model, string training, string evaluation, string other) =>
        CrossedMean.OfOtherCells(Scores(model, training, evaluation), Scores(model, training, other));

    /// <summary>How likely a difference from the baseline training is by chance, a test's P corrected for the number of comparisons (Bonferroni); NaN where the test says nothing.</summary>
    /// <param name="test"><see cref="CompositionSummary.OverCellsAndSeeds"/> as published, or <see cref="CompositionSummary.OverSeeds"/>.</param>
    public double Corrected(TTest test) => Math.Min(1, test.PValue * Comparisons);

    private double[][] Scores(string model, string training, string evaluation)
    {
        scores ??= Outcomes.GroupBy(outcome => (outcome.Model, outcome.Training, outcome.Evaluation)).ToDictionary(
            group => group.Key, group => group.OrderBy(outcome => outcome.Seed).Select(outcome => Array.ConvertAll(outcome.Scores, score => (double)score)).ToArray());
        return scores.TryGetValue((model, training, evaluation), out var found) ? found
            : throw new KeyNotFoundException(
                $"The study has no '{model}' trained on '{training}' and scored on '{evaluation}'; it has {string.Join(", ", Models.Concat(Baselines))} on {string.Join(", ", Trainings)}, scored on {string.Join(", ", Evaluations)}.");
    }

    private static IReadOnlyList<(string, string)> Described(CompositionPlan asked, StudyCells cells, IReadOnlyList<IStudyModel> models) =>
    [
        .. cells.Sources,
        ("genes", FormattableString.Invariant($"{cells.Genes.Count:N0} that all sources have{(asked.MostGenes is null ? "" : ", the highest by the mean over sets")}")),
        .. cells.Evaluations.Select((evaluation, i) => ("evaluation " + evaluation.Name, FormattableString.Invariant(
            $"{evaluation.Cells.CellCount:N0} cells of {cells.Plan.Evaluations[i]}, set aside before any training was drawn, scored over {evaluation.VariableGenes.Length:N0} variable genes; {evaluation.Own.CellCount:N0} others give the own mean"))),
        .. models.Select(model => ("model " + model.Name, $"{model.Score} a cell; {model.Settings}")),
        .. from training in cells.Plan.Trainings
           select ("training " + training.Name, string.Join("; ", Enumerable.Range(0, asked.Seeds).Select(seed => cells.Trainings[(training.Name, seed)].Cells).Select(drawn => $"{drawn.Recipe} [{drawn.Identity}]"))),
        ("plan", asked.ToJson()),
    ];
}
