using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.GeneSets;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A plan with its cells at hand: what is scored is set aside, what is trained on is drawn, and all that could be wrong with either was looked for.</summary>
internal sealed class StudyCells
{
    private const int SampledCells = 500; // of a set, to compare the genes' means

    private readonly IReadOnlyList<StudySource> sources;
    private readonly Dictionary<string, StudySet> sets;
    private readonly SetAside aside;
    private readonly CellLoading loading;

    private StudyCells(CompositionPlan asked, IReadOnlyList<StudySource> sources, CancellationToken cancellation)
    {
        this.sources = sources;
        sets = asked.Sets.Select((set, place) => new StudySet(set.Key, set.Value, sources, [.. set.Value.Paths.Select(SourceOf)], place)).ToDictionary(set => set.Name);
        var written = WrittenOutPlan.Of(asked, sets);
        var plan = Plan = written.Plan;
        aside = new SetAside(written, sets);
        var draws = (from seed in Enumerable.Range(0, plan.Seeds)
                     from i in Enumerable.Range(0, plan.Trainings.Count)
                     select (Training: plan.Trainings[i], Seed: seed, Cells: TrainingDraw.Of(plan.Trainings[i], written.TrainingFields[i], seed, sets, aside))).ToList();
        loading = CellLoading.OfShared(sources);
        if (plan.MostGenes is { } most && most < loading.Genes.Count)
        {
            loading = loading.Highest(most, sets.Values.Select(set => Load(Sample(set, plan.EvaluationSeed), $"of {set.Name}", cancellation)));
        }
        Evaluations = [.. plan.Evaluations.Select(evaluation => Evaluation(evaluation, cancellation))];
        LeakageCheck.Require(
            Evaluations.Select(evaluation => ((ICellSource)evaluation.Cells, $"the evaluation '{evaluation.Name}' scores")),
            loading.Choose(draws.SelectMany(draw => draw.Cells).Distinct(), "of any training"), cancellation);
        Trainings = draws.ToDictionary(
            draw => (draw.Training.Name, draw.Seed),
            draw => new TrainingCells(draw.Training, draw.Seed, loading.Choose(draw.Cells, string.Create(CultureInfo.InvariantCulture, $"{draw.Training}, seed {draw.Seed}"))));
    }

    /// <summary>The plan, in which each training that leaves one out stands for itself.</summary>
    internal CompositionPlan Plan { get; }

    /// <summary>The genes of the study.</summary>
    internal IReadOnlyList<string> Genes => loading.Genes;

    /// <summary>What is scored, in the order of the plan.</summary>
    internal IReadOnlyList<EvaluationCells> Evaluations { get; }

    /// <summary>What is trained on, by training and seed.</summary>
    internal IReadOnlyDictionary<(string Training, int Seed), TrainingCells> Trainings { get; }

    /// <summary>Each source with its size and what tells it apart.</summary>
    internal IEnumerable<(string Name, string Value)> Sources => sources.Select(source => (
        "source " + source.Path, string.Create(CultureInfo.InvariantCulture, $"{source.Cells.CellCount:N0} cells of {source.Cells.GeneCount:N0} genes, identity {source.Cells.Identity}")));

    /// <summary>Opens every file of a plan once and looks for all that could be wrong.</summary>
    /// <param name="plan">A plan that <see cref="PlanCheck"/> found nothing in.</param>
    /// <param name="open">Opens a file or folder.</param>
    /// <param name="cancellation">Stops between two files and blocks of cells.</param>
    /// <exception cref="FileNotFoundException">A path leads nowhere; the message names the plan's field.</exception>
    /// <exception cref="InvalidDataException">Something does not fit together; the message names the plan's field or the file.</exception>
    internal static StudyCells Prepare(CompositionPlan plan, Func<string, Corpus> open, CancellationToken cancellation)
    {
        var sources = new List<StudySource>();
        foreach (var (name, set) in plan.Sets)
        {
            for (var i = 0; i < set.Paths.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!sources.Exists(source => source.Path == set.Paths[i]))
                {
                    sources.Add(StudySource.Open(open, set.Paths[i], $"sets.{name}.paths[{i}]"));
                }
            }
        }
        if (plan.Aliases.Count > 0)
        {
            var aliases = GeneAliases.Read(plan.Aliases);
            sources = [.. sources.Select((source, i) => i == 0 ? source : source.Renamed(sources[0], aliases, cancellation))];
        }
        sources = [.. StudySource.Apart(sources)];
        var geneSets = plan.GeneSets is { } path ? GeneSetFile.Read(path) : null; // a file that is missing or damaged is told of now, not after hours
        var cells = new StudyCells(plan, sources, cancellation);
        if (geneSets is not null)
        {
            LoadingEnrichment.Require(geneSets, cells.Genes);
        }
        return cells;
    }

    // What is scored has no say in the genes, unless all of a set is scored.
    private IEnumerable<CellKey> Sample(StudySet set, int seed)
    {
        var order = set.InOrder(seed);
        return (order.Any(aside.IsFree) ? order.Where(aside.IsFree) : order).Take(SampledCells);
    }

    private int SourceOf(string path) => Enumerable.Range(0, sources.Count).First(source => sources[source].Path == path);

    private EvaluationCells Evaluation(PlannedEvaluation evaluation, CancellationToken cancellation)
    {
        var set = sets[evaluation.Set];
        var own = set.InOrder(Plan.EvaluationSeed).Where(cell => aside.IsFree(cell) && (evaluation.Only is null || set.Is(cell, evaluation.Only))).Take(evaluation.MostCells);
        return new EvaluationCells(evaluation.Name, Load(aside.Of(evaluation), $"scored as {evaluation.Name}", cancellation), Load(own, $"of {evaluation.Set}, not scored", cancellation), Plan.VariableGenes);
    }

    // No cells are no corpus, but a matrix without rows.
    private AnnData Load(IEnumerable<CellKey> cells, string reason, CancellationToken cancellation) => cells.Any()
        ? CellLoading.Load(loading.Choose(cells, reason), cancellation)
        : new AnnData(new CsrMatrix(0, loading.Genes.Count, [0], [], []), [], [.. loading.Genes]);
}
