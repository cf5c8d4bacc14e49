namespace ScFm.Model.Tasks.Perturbations;

/// <summary>One of the scores of a prediction, as tables name it.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Of">Takes it from a score.</param>
/// <param name="LeastIsBest">True for errors, false for what should be high.</param>
/// <param name="Format">The .NET format of its numbers.</param>
public sealed record PerturbationMeasure(string Name, Func<PerturbationScore, double> Of, bool LeastIsBest = false, string Format = "F3")
{
    /// <summary>Mean squared error over the 20 genes that change most clearly.</summary>
    public static PerturbationMeasure MseTop { get; } = new("MSE top 20", score => score.MseTop, LeastIsBest: true, "F4");

    /// <summary>Correlation of the changes over all genes.</summary>
    public static PerturbationMeasure PearsonDelta { get; } = new("Pearson of change", score => score.PearsonDelta);

    /// <summary>All, in the order of the tables.</summary>
    public static IReadOnlyList<PerturbationMeasure> All { get; } =
    [
        MseTop,
        new("Pearson top 20", score => score.PearsonTop),
        PearsonDelta,
        new("Pearson of change top 20", score => score.PearsonDeltaTop),
        new("direction top 20", score => score.Direction),
        new("within 5% of the mean", score => score.WithinFive),
        new("in percentiles 45-55", score => score.WithinPercentiles),
        new("MSE", score => score.Mse, LeastIsBest: true, "F5"),
        new("Pearson", score => score.Pearson, Format: "F4"),
    ];
}
