using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

public sealed partial record GeneticInteractions
{
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

    private static float[] Mean(IEnumerable<float[]> predictions) => predictions.ToArray() is [var only] ? only : [.. predictions.Aggregate(new double[predictions.First().Length], (sum, one) => [.. sum.Zip(one, (a, b) => a + b)]).Select(sum => (float)(sum / predictions.Count()))];
}
