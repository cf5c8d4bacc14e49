using ScFm.Model.Screens;
using ScFm.Model.Tasks.Perturbations;
using ScFm.Model.Tests.Screens;

namespace ScFm.Model.Tests.Tasks.Perturbations;

/// <summary>What is held out, and what kind of question it is.</summary>
public sealed class PerturbationSplitTests
{
    private static readonly PerturbationScreen Simulated = SimulatedPerturbations.Make(cells: 5).Screen();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_simulation_split_holds_out_targets_and_some_pairs_of_seen_ones(int seed)
    {
        var split = PerturbationSplits.Simulation(Simulated, seed);
        Assert.Equal(78, split.Training.Length + split.Validation.Length + split.Test.Length);
        Assert.Equal(78, split.Training.Concat(split.Validation).Concat(split.Test).Distinct().Count());
        var kinds = split.Test.CountBy(group => split.KindOf(Simulated, group));
        // 9 of 12 targets are seen: 3 singles and 3 pairs of the others, 27 pairs of one of each, and a quarter of 36 pairs.
        Assert.Equal([("0/2 seen", 3), ("1/2 seen", 27), ("2/2 seen", 9), ("unseen single", 3)], kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => (kind.Key, kind.Value)));
        Assert.NotEmpty(split.Validation);
        Assert.Equal(split.Test, PerturbationSplits.Simulation(Simulated, seed).Test);
        Assert.NotEqual(split.Test, PerturbationSplits.Simulation(Simulated, seed + 1).Test);
    }

    [Fact]
    public void A_target_that_is_left_out_is_in_nothing_that_is_learnt_from()
    {
        var split = PerturbationSplits.WithoutTarget(Simulated, "B2");
        Assert.Equal(12, split.Test.Length);
        Assert.DoesNotContain(split.Training.Concat(split.Validation), group => Simulated.Conditions[group.Condition].Targets.Contains("B2"));
        Assert.Equal(12, PerturbationPlan.Of(Simulated, "targets").Splits(0).Count);
        Assert.Contains("no perturbation of 'B9'; it has 'A1'", Assert.Throws<KeyNotFoundException>(() => PerturbationSplits.WithoutTarget(Simulated, "B9")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_is_left_out_is_predicted_from_the_others()
    {
        string[] labels = [.. LabelledCounts.Times(2, "ctrl", "MYC", "KLF1"), .. LabelledCounts.Times(2, "ctrl", "MYC", "KLF1")];
        var screen = ScreenReader.Read(LabelledCounts.Of(labels, [.. Enumerable.Repeat("B", 6), .. Enumerable.Repeat("T", 6)]), new() { FewestCells = 2, Context = "type" });
        var split = PerturbationSplits.WithoutContext(screen, "T");
        Assert.Equal(["KLF1 in T", "MYC in T"], split.Test.Select(screen.NameOf));
        Assert.All(split.Training.Concat(split.Validation), group => Assert.Equal(0, group.Context));
        Assert.Equal("new context", split.KindOf(screen, split.Test[0]));
        Assert.Contains("no context 'NK'; it has 'B', 'T'", Assert.Throws<KeyNotFoundException>(() => PerturbationSplits.WithoutContext(screen, "NK")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_perturbation_alone_leaves_nothing_to_learn_from()
    {
        var screen = ScreenReader.Read(LabelledCounts.Of(LabelledCounts.Times(2, "ctrl", "MYC")), new() { FewestCells = 2 });
        foreach (var split in new Func<PerturbationSplit>[] { () => PerturbationSplits.Simulation(screen), () => PerturbationSplits.WithoutTarget(screen, "MYC"), () => PerturbationSplits.WithoutContext(screen, screen.Contexts[0]) })
        {
            Assert.Contains("one perturbation, MYC, and nothing else to learn from", Assert.Throws<ArgumentException>(split).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_plan_takes_the_split_that_the_screen_asks_for()
    {
        Assert.Equal("simulation", PerturbationPlan.Of(Simulated).Splits(0).Single().Name);
        Assert.Equal(["without A1", "without C3"], PerturbationPlan.Of(Simulated, leaveOut: ["A1", "C3"]).Splits(0).Select(split => split.Name));
        Assert.Throws<ArgumentException>(() => PerturbationPlan.Of(Simulated, "simulation", ["A1"]));
        Assert.Throws<ArgumentException>(() => PerturbationPlan.Of(Simulated, "cells"));
    }
}
