namespace ScFm.Model.Tasks.Perturbations;

/// <summary>The measures of a prediction; see <see cref="PerturbationScore"/>.</summary>
public static class PerturbationMeasures
{
    /// <summary>Mean squared error over the 20 genes that change most clearly.</summary>
    public static Measure<PerturbationScore> MseTop { get; } = new("MSE top 20", score => score.MseTop, LowerIsBetter: true, "F4");

    /// <summary>Correlation of the changes over all genes.</summary>
    public static Measure<PerturbationScore> PearsonDelta { get; } = new("Pearson of change", score => score.PearsonDelta);

    /// <summary>All, in the order of the tables.</summary>
    public static IReadOnlyList<Measure<PerturbationScore>> All { get; } =
    [
        MseTop,
        new("Pearson top 20", score => score.PearsonTop),
        PearsonDelta,
        new("Pearson of change top 20", score => score.PearsonDeltaTop),
        new("direction top 20", score => score.Direction),
        new("within 5% of the mean", score => score.WithinFive),
        new("in percentiles 45-55", score => score.WithinPercentiles),
        new("MSE", score => score.Mse, LowerIsBetter: true, "F5"),
        new("Pearson", score => score.Pearson, Format: "F4"),
    ];
}
