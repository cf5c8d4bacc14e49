using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A plan with its cells at hand: what is scored is set aside, what is trained on is drawn, and all that could be wrong with either was looked for.</summary>
internal sealed class StudyCells
{
    private const int SampledCells = 500; // of a set, to compare the genes' means

    private readonly IReadOnlyList<StudySource> sources;
    private readonly Dictionary<string, StudySet> sets;
    private readonly SetAside aside;
    private readonly CellLoading loading;
    private readonly CompositionPlan plan;

    private StudyCells(CompositionPlan plan, IReadOnlyList<StudySource> sources, CancellationToken cancellation)
    {
        (this.plan, this.sources) = (plan, sources);
        sets = plan.Sets.Select((set, place) => new StudySet(set.Key, set.Value, sources, [.. set.Value.Paths.Select(SourceOf)], place)).ToDictionary(set => set.Name);
        aside = new SetAside(plan, sets);
        var draws = (from seed in Enumerable.Range(0, plan.Seeds)
                     from i in Enumerable.Range(0, plan.Trainings.Count)
                     select (i, seed, Cells: TrainingDraw.Of(plan.Trainings[i], $"trainings[{i}]", seed, sets, aside))).ToList();
        var genes = StudyGenes.Shared(sources, GeneAliases.Read(plan.Aliases));
        if (plan.MostGenes is { } most && most < genes.Vocabulary.Count)
        {
            var all = new CellLoading(sources, genes);
            genes = genes.Highest(most, sets.Values.Select(set => all.Load(set.InOrder(plan.EvaluationSeed)[..Math.Min(SampledCells, set.Cells.Length)], cancellation)));
        }
        loading = new CellLoading(sources, genes);
        Genes = genes.Vocabulary;
        Evaluations = [.. plan.Evaluations.Select(evaluation => Evaluation(evaluation, cancellation))];
        LeakageCheck.Require(loading, Evaluations, draws.SelectMany(draw => draw.Cells).Distinct(), cancellation);
        Trainings = draws.ToDictionary(draw => (plan.Trainings[draw.i].Name, draw.seed), draw => Training(plan.Trainings[draw.i], draw.seed, draw.Cells));
    }

    /// <summary>The genes of the study.</summary>
    internal GeneVocabulary Genes { get; }

    /// <summary>What is scored, in the order of the plan.</summary>
    internal IReadOnlyList<EvaluationCells> Evaluations { get; }

    /// <summary>What is trained on, by training and seed.</summary>
    internal IReadOnlyDictionary<(string Training, int Seed), TrainingCells> Trainings { get; }

    /// <summary>Opens every file of a plan once and looks for all that could be wrong.</summary>
    /// <param name="plan">A plan that <see cref="PlanCheck"/> found nothing in.</param>
    /// <param name="open">Opens a file or folder.</param>
    /// <param name="cancellation">Stops between two files and blocks of cells.</param>
    /// <exception cref="FileNotFoundException">A path leads nowhere; the message names the plan's field.</exception>
    /// <exception cref="InvalidDataException">Something does not fit together; the message names the plan's field or the file.</exception>
    internal static StudyCells Prepare(CompositionPlan plan, Func<string, ICellSource> open, CancellationToken cancellation)
    {
        var sources = new List<StudySource>();
        foreach (var (name, set) in plan.Sets)
        {
            for (var i = 0; i < set.Paths.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!sources.Exists(source => source.Path == set.Paths[i]))
                {
                    sources.Add(new StudySource(set.Paths[i], Opened(open, set.Paths[i], $"sets.{name}.paths[{i}]")));
                }
            }
        }
        return new StudyCells(plan, sources, cancellation);
    }

    /// <summary>The sources, in words: name, cells and what tells them apart.</summary>
    internal IEnumerable<string> Sources => sources.Select(source => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{source.Name}: {source.Cells.CellCount:N0} cells of {source.Cells.GeneCount:N0} genes, identity {source.Identity}"));

    private static ICellSource Opened(Func<string, ICellSource> open, string path, string field)
    {
        try
        {
            return open(path);
        }
        catch (FileNotFoundException error)
        {
            throw new FileNotFoundException($"{field}: {error.Message}", path, error);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{field}: {error.Message}", error);
        }
    }

    private int SourceOf(string path) => Enumerable.Range(0, sources.Count).First(source => sources[source].Path == path);

    private EvaluationCells Evaluation(PlannedEvaluation evaluation, CancellationToken cancellation)
    {
        var set = sets[evaluation.Set];
        CellKey[] own = [.. set.InOrder(plan.EvaluationSeed).Where(cell => aside.IsFree(cell) && (evaluation.Only is null || set.Is(cell, evaluation.Only))).Take(evaluation.MostCells)];
        return new EvaluationCells(evaluation.Name, loading.Load(aside.Of(evaluation), cancellation), loading.Load(own, cancellation), plan.VariableGenes);
    }

    private TrainingCells Training(PlannedTraining training, int seed, CellKey[] cells)
    {
        var from = cells.GroupBy(cell => cell.Source).OrderBy(group => group.Key).Select(group => $"{group.Count()} of {sources[group.Key].Name} ({sources[group.Key].Identity})");
        var rows = Fingerprint.Of(string.Join(' ', cells.OrderBy(cell => cell.Source).ThenBy(cell => cell.Row).Select(cell => $"{cell.Source}:{cell.Row}")));
        var recipe = $"{training}; seed {seed}; cells {string.Join(", ", from)}, rows {rows}; {Genes.Count} genes {Fingerprint.Of(string.Join(' ', Genes.Names))}";
        return new TrainingCells(training, seed, recipe, cells.Length, cancellation => loading.Load(cells, cancellation));
    }
}
