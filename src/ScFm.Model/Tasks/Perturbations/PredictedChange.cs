using ScFm.Model.Screens;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>What a model expects of a perturbation in a context.</summary>
/// <param name="Condition">The perturbation.</param>
/// <param name="Context">The context, as its place in the screen whose control cells it starts from.</param>
/// <param name="Prediction">The prediction.</param>
public sealed record PredictedChange(Condition Condition, int Context, PerturbationPrediction Prediction)
{
    /// <summary>The predicted change of a gene from the control cells' mean.</summary>
    public double Of(PerturbationScreen screen, int gene) => (double)Prediction.Mean[gene] - screen.ControlMean(Context)[gene];

    /// <summary>The genes that are predicted to change most, whatever the direction, as their places in the screen.</summary>
    public int[] Top(PerturbationScreen screen, int count) => [.. Enumerable.Range(0, screen.Genes.Count).OrderByDescending(gene => Math.Abs(Of(screen, gene))).Take(count)];

    /// <summary>Such as "CEBPE+ETS2", or with several contexts "CEBPE+ETS2 in B cells".</summary>
    public string NameIn(PerturbationScreen screen) => screen.Contexts.Count == 1 ? Condition.ToString() : $"{Condition} in {screen.Contexts[Context]}";
}
