using ScFm.Model.Screens;
using ScFm.Model.Tasks.Perturbations;

namespace ScFm.Model.Tests.Tasks.Perturbations;

/// <summary>Interactions: parity of every score, and those that were planted.</summary>
public sealed class GeneticInteractionTests
{
    [Fact]
    public void Scores_are_those_of_the_reference()
    {
        foreach (var golden in Golden.AllOrSkip("metrics_statistics*"))
        {
            var points = golden.Points("gi.X");
            var found = GeneticInteraction.Of([.. Enumerable.Range(0, points.Count).Select(i => points[i][0])], [.. Enumerable.Range(0, points.Count).Select(i => points[i][1])], golden.Numbers("gi.y"));
            var (coefficients, distances) = (golden.Numbers("gi.theil_sen_coef"), golden.Numbers("gi.dcor"));
            Assert.Equal(coefficients[0], found.First, 1e-9);
            Assert.Equal(coefficients[1], found.Second, 1e-9);
            Assert.Equal(golden.Number("gi.magnitude"), found.Magnitude, 1e-9);
            Assert.Equal(distances[0], found.Model, 1e-9);
            Assert.Equal(distances[1], found.Similarity, 1e-9);
            Assert.Equal(Math.Min(distances[2], distances[3]) / Math.Max(distances[2], distances[3]), found.Equality, 1e-9);
            Assert.Equal(Math.Abs(Math.Log10(Math.Abs(coefficients[0] / coefficients[1]))), found.Dominance, 1e-9);
        }
    }

    [Fact]
    public void Planted_interactions_are_told_apart()
    {
        var simulated = SimulatedPerturbations.Make(cells: 60);
        var interactions = GeneticInteractions.Of(simulated.Screen(), mostGenes: 80);
        Assert.Equal(66, interactions.Pairs.Count);
        double Mean(PlantedInteraction kind, Func<GeneticInteraction, double> score) => interactions.Pairs.Where(pair => simulated.Interactions[pair.Pair] == kind).Average(pair => score(pair.Measured));
        Assert.True(Mean(PlantedInteraction.Synergy, one => one.Magnitude) > Mean(PlantedInteraction.Additive, one => one.Magnitude) + 0.3);
        Assert.True(Mean(PlantedInteraction.Suppression, one => one.Magnitude) < Mean(PlantedInteraction.Additive, one => one.Magnitude) - 0.3);
        Assert.True(Mean(PlantedInteraction.Epistasis, one => one.Equality) < Mean(PlantedInteraction.Additive, one => one.Equality) - 0.3);
        Assert.Equal(Math.Sqrt(2), Mean(PlantedInteraction.Additive, one => one.Magnitude), 0.2);
    }

    [Fact]
    public void What_only_adds_finds_no_interaction_and_the_truth_finds_all()
    {
        var screen = SimulatedPerturbations.Make(cells: 20).Screen();
        var split = PerturbationSplits.Simulation(screen);
        var study = PerturbationStudy.Run(screen, [(0, split)], [new AdditiveMethod(), new Oracle()]);
        var interactions = GeneticInteractions.Of(study, 60);
        Assert.Equal(split.Test.Count(group => split.KindOf(screen, group) == "2/2 seen"), interactions.Pairs.Count);
        Assert.All(interactions.Pairs, pair => Assert.Equal(Math.Sqrt(2), pair.Predicted["additive"].Magnitude, 1e-3));
        Assert.True(double.IsNaN(interactions.Agreement("additive")));
        Assert.Equal(1, interactions.Agreement("oracle"), 1e-3);
        foreach (var synergy in new[] { true, false })
        {
            var (found, predicted) = interactions.Strongest("oracle", synergy);
            Assert.Equal(3, found.Count);
            Assert.Equal(found.ToHashSet(), predicted.ToHashSet());
        }
        Assert.Contains("additive predicts the same magnitude of all", string.Join('\n', interactions.Findings()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_interaction_that_is_not_a_number_is_at_neither_end()
    {
        PairInteraction Pair(string second, double measured, double predicted) => new(
            new Condition(["A", second]), "", new(measured, 0, 1, 1, 1, 1), new Dictionary<string, GeneticInteraction> { ["method"] = new(predicted, 0, 1, 1, 1, 1) });
        var interactions = new GeneticInteractions([Pair("B", double.NaN, 5), Pair("C", 1, 1), Pair("D", 2, 2)], []);
        Assert.Equal("A+D", interactions.ToTable()["pair"].Text(0));
        (string Measured, string Predicted) Strongest(bool synergy)
        {
            var (measured, predicted) = interactions.Strongest("method", synergy);
            return (Assert.Single(measured).Pair.ToString(), Assert.Single(predicted).Pair.ToString());
        }
        Assert.Equal(("A+D", "A+B"), Strongest(synergy: true));
        Assert.Equal(("A+C", "A+C"), Strongest(synergy: false));
    }

    /// <summary>Looks at the cells that it is asked about.</summary>
    private sealed class Oracle : IPerturbationMethod
    {
        public string Name => "oracle";

        public string Settings => Name;

        public IReadOnlyList<PerturbationPrediction> Predict(PerturbationScreen screen, PerturbationSplit split, int seed, CancellationToken cancellation) =>
            [.. split.Test.Select(group => new PerturbationPrediction(screen.Mean(group)))];
    }
}
