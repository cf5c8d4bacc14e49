using ScFm.Model.Display;
using ScFm.Model.Metrics;
using ScFm.Model.Screens;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>The interactions of all pairs of a screen whose targets were also perturbed alone, and what methods predict of those pairs that they never saw.</summary>
/// <param name="Pairs">The pairs.</param>
/// <param name="Genes">The genes that the interactions were fitted over: those that single and double perturbations change most.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record GeneticInteractions(IReadOnlyList<PairInteraction> Pairs, IReadOnlyList<string> Genes) : IHtml
{
    /// <summary>The usual number of genes that are fitted over; time grows with its square.</summary>
    public const int UsualGenes = 200;

    /// <summary>Pairs at an end of the ranking that are looked for among the predicted ones; of fewer than three times as many pairs, a third.</summary>
    public const int Top = 20;

    private const string BothSeen = "2/2 seen"; // as PerturbationSplit.KindOf says it

    /// <summary>The interactions that were measured.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="mostGenes">The most genes to fit over, 2 or more. Default: 200.</param>
    public static GeneticInteractions Of(PerturbationScreen screen, int mostGenes = UsualGenes) => Of(screen, PairsOf(screen), _ => new Dictionary<string, float[]>(), mostGenes);

    /// <summary>The interactions of the pairs that a study predicts without having seen them, but both of their targets; measured and predicted by every method, of several seeds the mean prediction.</summary>
    /// <remarks>Of a pair with an unseen target a prediction lacks that target's effect, and the fit would take this for an interaction.</remarks>
    /// <param name="study">The study.</param>
    /// <param name="mostGenes">The most genes to fit over, 2 or more. Default: 200.</param>
    public static GeneticInteractions Of(PerturbationStudy study, int mostGenes = UsualGenes)
    {
        var screen = study.Screen;
        var predicted = study.Outcomes.SelectMany(outcome => outcome.Groups.Where(group => group.Kind == BothSeen).Select(group => (outcome.Method, group.Condition, group.Context, group.Predicted)))
            .GroupBy(one => (one.Condition, one.Context)).ToDictionary(group => group.Key, group => group.GroupBy(one => one.Method, one => one.Predicted).ToDictionary(method => method.Key, Mean));
        (string, string) Key(PerturbedGroup group) => (screen.Conditions[group.Condition].ToString(), screen.Contexts[group.Context]);
        return Of(screen, [.. PairsOf(screen).Where(group => predicted.ContainsKey(Key(group)))], group => predicted[Key(group)], mostGenes);
    }

    /// <summary>Groups of two targets each of which was also perturbed alone in the same context.</summary>
    private static PerturbedGroup[] PairsOf(PerturbationScreen screen) =>
        [.. screen.Groups.Where(group => screen.Conditions[group.Condition].Targets is { Count: 2 } targets && targets.All(target => Single(screen, target, group.Context) is not null))];

    private static PerturbedGroup? Single(PerturbationScreen screen, string target, int context) =>
        screen.Groups.Where(group => group.Context == context && screen.Conditions[group.Condition].Equals(new Condition([target]))).Cast<PerturbedGroup?>().FirstOrDefault();

    private static GeneticInteractions Of(PerturbationScreen screen, PerturbedGroup[] pairs, Func<PerturbedGroup, IReadOnlyDictionary<string, float[]>> predicted, int mostGenes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostGenes, 2);
        var sizes = new double[screen.Genes.Count];
        foreach (var change in screen.Groups.Select(screen.Change))
        {
            for (var gene = 0; gene < sizes.Length; gene++)
            {
                sizes[gene] += Math.Abs(change[gene]);
            }
        }
        int[] genes = [.. Enumerable.Range(0, sizes.Length).OrderByDescending(gene => sizes[gene]).Take(mostGenes).Order()];
        return new GeneticInteractions([.. pairs.Select(pair =>
        {
            var targets = screen.Conditions[pair.Condition].Targets;
            double[] first = Of(screen.Change(Single(screen, targets[0], pair.Context)!.Value)), second = Of(screen.Change(Single(screen, targets[1], pair.Context)!.Value));
            var control = screen.ControlMean(pair.Context);
            return new PairInteraction(screen.Conditions[pair.Condition], screen.Contexts[pair.Context], GeneticInteraction.Of(first, second, Of(screen.Change(pair))),
                predicted(pair).ToDictionary(method => method.Key, method => GeneticInteraction.Of(first, second, Of([.. method.Value.Zip(control, (mean, without) => (double)mean - without)]))));
        })], [.. genes.Select(gene => screen.Genes[gene])]);

        double[] Of(double[] change) => Array.ConvertAll(genes, gene => change[gene]);
    }

    /// <summary>The methods that predicted the pairs.</summary>
    public IReadOnlyList<string> Methods => [.. Pairs.SelectMany(pair => pair.Predicted.Keys).Distinct()];

    /// <summary>Rows: pairs, the greatest magnitude first; columns: what was measured, and the magnitude that each method predicts.</summary>
    public Table ToTable()
    {
        PairInteraction[] rows = [.. Pairs.OrderByDescending(pair => pair.Measured.Magnitude)];
        NumberColumn Column(string name, Func<PairInteraction, double> value) => new(name, [.. rows.Select(value)], "F3");
        return new Table(
        [
            new TextColumn("pair", [.. rows.Select(pair => pair.Pair.ToString())]),
            new TextColumn("context", [.. rows.Select(pair => pair.Context)]),
            Column("magnitude", pair => pair.Measured.Magnitude),
            Column("c1", pair => pair.Measured.First),
            Column("c2", pair => pair.Measured.Second),
            Column("model fit", pair => pair.Measured.Fit),
            Column("dominance", pair => pair.Measured.Dominance),
            Column("equality", pair => pair.Measured.Equality),
            Column("similarity", pair => pair.Measured.Similarity),
            .. Methods.Select(method => Column($"magnitude, {method}", pair => pair.Predicted.TryGetValue(method, out var one) ? one.Magnitude : double.NaN)),
        ]);
    }

    /// <summary>Rows: methods; columns: correlation of predicted and measured magnitudes, and how many of the strongest synergies and suppressions are among the predicted ones.</summary>
    public Table ToSummary()
    {
        string[] methods = [.. Methods];
        TextColumn Found(string name, bool synergy) => new(name, [.. methods.Select(method => $"{Overlap(method, synergy).Both} of {Count(method)}")]);
        return new Table(
            new TextColumn("method", methods),
            new IntegerColumn("pairs", [.. methods.Select(method => (long)Of(method).Length)]),
            new NumberColumn("Pearson of magnitude", [.. methods.Select(Agreement)], "F3"),
            Found("synergies found", synergy: true),
            Found("suppressions found", synergy: false));
    }

    /// <summary>Pearson's correlation of the magnitudes that a method predicts with those that were measured; NaN where they do not vary, as where a method only adds.</summary>
    /// <remarks>There is no P: pairs share targets, and every fit rests on the measured single effects, so that a method without any interaction, such as the mean of perturbations, may have a correlation. Compare with its.</remarks>
    public double Agreement(string method) => Correlation.Pearson<double>([.. Of(method).Select(pair => pair.Measured.Magnitude)], [.. Of(method).Select(pair => Rounded(pair.Predicted[method].Magnitude))]).Coefficient;

    /// <summary>How many pairs are at one end of the measured ranking alone, of the predicted one alone, and of both.</summary>
    /// <param name="method">The method.</param>
    /// <param name="synergy">True for the greatest magnitudes, false for the least.</param>
    public (int Measured, int Both, int Predicted) Overlap(string method, bool synergy)
    {
        var (pairs, count) = (Of(method), Count(method));
        var measured = Ends(pairs, pair => pair.Measured.Magnitude, synergy, count);
        var both = Ends(pairs, pair => pair.Predicted[method].Magnitude, synergy, count).Count(measured.Contains);
        return (count - both, both, count - both);
    }

    /// <summary>What the numbers say, a sentence a method.</summary>
    public IEnumerable<string> Findings() => Methods.Select(method => (method, Relation: Agreement(method), Pairs: Of(method).Length, Synergy: Overlap(method, synergy: true).Both, Suppression: Overlap(method, synergy: false).Both)).Select(one =>
        double.IsNaN(one.Relation)
            ? $"Interactions of {one.Pairs} unseen pairs: {one.method} predicts the same magnitude of all."
            : FormattableString.Invariant($"Interactions of {one.Pairs} unseen pairs: the magnitudes that {one.method} predicts go with the measured ones with a correlation of {one.Relation:F2}; of the {Count(one.method)} strongest synergies it has {one.Synergy}, of the {Count(one.method)} strongest suppressions {one.Suppression} (by chance {(double)Count(one.method) * Count(one.method) / one.Pairs:F1})."));

    /// <summary>Both tables.</summary>
    public string ToHtml() => Methods.Count == 0 ? ToTable().View().ToHtml() : ToSummary().View().ToHtml() + ToTable().View().ToHtml();

    /// <summary>The interactions as aligned text.</summary>
    public override string ToString() => ToTable().View().ToString();

    private PairInteraction[] Of(string method) => [.. Pairs.Where(pair => pair.Predicted.ContainsKey(method))];

    private int Count(string method) => Math.Min(Top, Of(method).Length / 3);

    // The fit ends at steps of a thousandth, and what differs by less does not differ.
    private static double Rounded(double magnitude) => Math.Round(magnitude, 3);

    private static HashSet<PairInteraction> Ends(PairInteraction[] pairs, Func<PairInteraction, double> magnitude, bool greatest, int count) =>
        [.. pairs.OrderBy(pair => double.IsNaN(magnitude(pair))).ThenBy(pair => (greatest ? -1 : 1) * Rounded(magnitude(pair))).ThenBy(pair => pair.Pair.ToString(), StringComparer.Ordinal).Take(count)];

    private static float[] Mean(IEnumerable<float[]> predictions) => predictions.ToArray() is [var only] ? only : [.. predictions.Aggregate(new double[predictions.First().Length], (sum, one) => [.. sum.Zip(one, (a, b) => a + b)]).Select(sum => (float)(sum / predictions.Count()))];
}
