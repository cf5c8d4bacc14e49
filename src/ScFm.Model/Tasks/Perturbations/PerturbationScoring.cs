using System.Diagnostics;
using ScFm.Model.Metrics;
using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>Puts splits of a screen to methods, and scores what they predict.</summary>
/// <param name="screen">The screen.</param>
internal sealed class PerturbationScoring(PerturbationScreen screen)
{
    private readonly DifferentialGenes differential = new(screen);
    private readonly Dictionary<PerturbedGroup, int[]> top = [];

    /// <summary>A method's answer to a split, scored.</summary>
    internal PerturbationOutcome Outcome(PerturbationSplit split, IPerturbationMethod method, int seed, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var predictions = method.Predict(screen, split, seed, cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (predictions.Count != split.Test.Length)
        {
            throw new InvalidOperationException($"{method.Name} gave {predictions.Count} predictions of '{split.Name}'; expected {split.Test.Length}, one a group.");
        }
        return new PerturbationOutcome(split.Name, method.Name, seed, split.Training.Length + split.Validation.Length, [.. split.Test.Zip(predictions, (group, predicted) => Score(split, group, predicted))], seconds);
    }

    private GroupOutcome Score(PerturbationSplit split, PerturbedGroup group, PerturbationPrediction predicted)
    {
        if (!top.TryGetValue(group, out var genes))
        {
            top[group] = genes = differential.Top(group);
        }
        return new GroupOutcome(
            screen.Conditions[group.Condition].ToString(), screen.Contexts[group.Context], split.KindOf(screen, group), screen.CellsOf(group).Length,
            PerturbationScore.Of(screen, group, predicted.Mean, genes), predicted.Uncertainty, Array.ConvertAll(genes, gene => screen.Genes[gene]),
            predicted.Cells is { } cells ? Array.ConvertAll(genes, gene => Spread.Of(cells.Select(cell => (double)cell[gene]))) : null, predicted.Mean);
    }
}
