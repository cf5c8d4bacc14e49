using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Composition;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>The cells of a plan, brought into memory: their types, and how they are told apart for each seed.</summary>
internal sealed class AnnotationCells
{
    private readonly AnnotationPlan plan;
    private readonly Dictionary<int, SplitCells> splits = [];

    private AnnotationCells(AnnotationPlan plan, Corpus cells, IReadOnlyList<Corpus> further, IReadOnlyList<(string, string)> sources, CancellationToken cancellation)
    {
        (this.plan, Sources) = (plan, sources);
        (Types, var labels) = TypeLabels.Of(cells.Obs, plan.Label);
        if (plan.Pair?.FirstOrDefault(type => !Types.Contains(type)) is { } unknown)
        {
            throw new InvalidDataException($"pair names '{unknown}', which is no type in the column '{plan.Label}'; expected two of {string.Join(", ", Types)}.");
        }
        var (extra, tested) = (Further(cells, further, cancellation), new HashSet<int>());
        for (var seed = 0; seed < (plan.Split.Anew ? AllSeeds(plan) : 1); seed++)
        {
            cancellation.ThrowIfCancellationRequested();
            var drawn = plan.Split.Seed + seed;
            var parts = SplitDraw.Of(plan.Split, drawn, cells.Obs, labels);
            LeakageCheck.Require([(cells.Choose(parts.Test, "to test on"), $"the split of seed {seed} tests on")],
                cells.Choose([.. parts.Training.Concat(parts.Unlabelled).Order()], "to learn from"), cancellation);
            tested.UnionWith(parts.Test);
            splits[drawn] = new SplitCells(plan, cells, extra, Types, labels, parts, cancellation);
        }
        RequireNoCopies(cells.Choose([.. tested.Order()], "to test on"), further, cancellation);
    }

    /// <summary>All types, in ordinal order.</summary>
    internal string[] Types { get; }

    /// <summary>Each source with its size and what tells it apart.</summary>
    internal IReadOnlyList<(string Name, string Value)> Sources { get; }

    /// <summary>What the plan's cells are known by: files, genes, obs and their choice, and the further ones to pretrain on.</summary>
    internal string Identity { get; private init; } = "";

    /// <summary>The split of a seed.</summary>
    internal SplitCells Split(int seed) => splits[plan.Split.Anew ? plan.Split.Seed + seed : plan.Split.Seed];

    /// <summary>How the cells were told apart, one line a split.</summary>
    internal IEnumerable<(string Name, string Value)> Splits => splits.Select(split => (
        splits.Count == 1 ? "split" : string.Create(CultureInfo.InvariantCulture, $"split of seed {split.Key - plan.Split.Seed}"),
        string.Create(CultureInfo.InvariantCulture, $"{plan.Split}: {split.Value}")));

    /// <summary>What should be known of data and split, one sentence each.</summary>
    internal IReadOnlyList<string> Notes => [.. splits.Values.SelectMany(split => split.Notes).Distinct(), .. PairNotes()];

    // Where types are few, some splits test on none of one.
    private IEnumerable<string> PairNotes()
    {
        foreach (var type in plan.Pair ?? [])
        {
            int[] without = [.. splits.Where(split => !split.Value.TestLabels.Contains(Array.IndexOf(Types, type))).Select(split => split.Key - plan.Split.Seed)];
            if (without.Length > 0)
            {
                yield return $"No cell of {type} is tested on{(plan.Split.Anew ? $" with seed {string.Join(", ", without)}" : "")}: the pair is not scored there.";
            }
        }
    }

    /// <summary>Opens the files of a plan and looks for all that could be wrong.</summary>
    /// <param name="plan">A plan that <see cref="AnnotationPlanCheck"/> found nothing in.</param>
    /// <param name="open">Opens a file or folder.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="FileNotFoundException">A path leads nowhere.</exception>
    /// <exception cref="InvalidDataException">The cells are not as the plan has them; the message names its field.</exception>
    internal static AnnotationCells Prepare(AnnotationPlan plan, Func<string, Corpus> open, CancellationToken cancellation)
    {
        var opened = plan.Cells.Select((path, i) => StudySource.Open(open, path, $"cells[{i}]")).ToList();
        var further = plan.Unlabelled.Select((path, i) => StudySource.Open(open, path, $"unlabelled[{i}]")).ToList();
        var whole = Chosen(plan, Corpus.Join([.. opened.Select(source => source.Cells)]));
        var identity = further.Count == 0 ? whole.Identity : Fingerprint.Of(hash => hash.Add(whole.Identity).Add([.. further.Select(source => source.Cells.Identity)]));
        if (plan.Identity is { } expected && expected != identity)
        {
            throw new InvalidDataException($"The cells have the identity {identity}, the plan expects {expected}: they have changed since, or are others. Leave out the plan's identity to compare on these.");
        }
        // Every method reads its cells many times.
        var cells = InMemory(whole, cancellation);
        var sources = opened.Concat(further).Select(source => ("cells " + source.Path, string.Create(
            CultureInfo.InvariantCulture, $"{source.Cells.CellCount:N0} cells of {source.Cells.GeneCount:N0} genes, identity {source.Cells.Identity}")));
        return new AnnotationCells(plan, cells, [.. further.Select(source => source.Cells)], [.. sources], cancellation) { Identity = identity };
    }

    /// <summary>Seeds of any run of the plan.</summary>
    private static int AllSeeds(AnnotationPlan plan) => plan.Sensitivity.Select(one => one.Seeds).Append(plan.Seeds).Max();

    private static Corpus Chosen(AnnotationPlan plan, Corpus cells)
    {
        if (plan.Only is not { } only)
        {
            return cells;
        }
        var known = ColumnLabels.Of(RequiredColumn.Of(cells.Obs, only.Column, "only names the column")).OfType<string>().ToHashSet();
        StudySet.RequireLabels(only, "only", known);
        return cells.Only(only.Column, [.. known.Where(only.Has).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Cells to pretrain on, in the genes of the labelled ones.</summary>
    private static Corpus? Further(Corpus cells, IReadOnlyList<Corpus> further, CancellationToken cancellation)
    {
        if (further.Count == 0)
        {
            return null;
        }
        var known = cells.VarNames.ToHashSet(StringComparer.Ordinal);
        if (further.FirstOrDefault(source => !source.VarNames.Any(known.Contains)) is { } alien)
        {
            throw new InvalidDataException($"unlabelled: '{alien.Name}' has no gene of the labelled cells, such as '{alien.VarNames.FirstOrDefault()}' beside '{cells.VarNames.FirstOrDefault()}'; expected the same names.");
        }
        // The first part has all genes and stands for none of the cells.
        var joined = Corpus.Join([cells, .. further], GeneJoin.Outer).SelectGenes(cells.VarNames);
        return InMemory(joined.Choose([.. Enumerable.Range(cells.CellCount, joined.CellCount - cells.CellCount)], "to pretrain on"), cancellation);
    }

    // Further cells are looked at in the genes that they share with the tested ones: where a file lacks some, a copy lacks their counts.
    private static void RequireNoCopies(Corpus tested, IReadOnlyList<Corpus> further, CancellationToken cancellation)
    {
        foreach (var source in further)
        {
            string[] shared = [.. tested.VarNames.Intersect(source.VarNames, StringComparer.Ordinal)];
            LeakageCheck.Require([(tested.SelectGenes(shared), "is tested on")], source.SelectGenes(shared), cancellation);
        }
    }

    private static Corpus InMemory(Corpus cells, CancellationToken cancellation) => Corpus.Of(cells.Load(cancellation), cells.Name);
}
