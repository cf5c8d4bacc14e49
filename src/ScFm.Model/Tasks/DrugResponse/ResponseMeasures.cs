namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>The measures of predicted responses; see <see cref="ResponseScore"/>.</summary>
public static class ResponseMeasures
{
    /// <summary>Correlation over all pairs.</summary>
    public static Measure<ResponseOutcome> Pearson { get; } = new("Pearson", outcome => outcome.All.Pearson, Format: "F4");

    /// <summary>Mean of the correlations within each drug.</summary>
    public static Measure<ResponseOutcome> PearsonWithinDrugs { get; } = new("Pearson within drugs", outcome => outcome.WithinDrugs.Pearson, Format: "F4");

    /// <summary>All, in the order of the tables.</summary>
    public static IReadOnlyList<Measure<ResponseOutcome>> All { get; } =
    [
        Pearson,
        new("Spearman", outcome => outcome.All.Spearman, Format: "F4"),
        new("RMSE", outcome => outcome.All.Rmse, LowerIsBetter: true),
        PearsonWithinDrugs,
        new("Spearman within drugs", outcome => outcome.WithinDrugs.Spearman, Format: "F4"),
        new("RMSE within drugs", outcome => outcome.WithinDrugs.Rmse, LowerIsBetter: true),
        new("Pearson within types", outcome => outcome.WithinTypes.Pearson, Format: "F4"),
        new("Spearman within types", outcome => outcome.WithinTypes.Spearman, Format: "F4"),
        new("RMSE within types", outcome => outcome.WithinTypes.Rmse, LowerIsBetter: true),
    ];
}
