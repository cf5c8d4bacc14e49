namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>The measures of cells that were told apart.</summary>
public static class SensitivityMeasures
{
    /// <summary>Area under the receiver operating characteristic of the cells; 0.5 by chance.</summary>
    public static Measure<SensitivityOutcome> Auroc { get; } = new("AUROC", outcome => outcome.Auroc);

    /// <summary>Average precision of the cells; the share of the class by chance.</summary>
    public static Measure<SensitivityOutcome> Aupr { get; } = new("AUPR", outcome => outcome.Aupr);

    /// <summary>The first for source samples that were left out.</summary>
    public static Measure<SensitivityOutcome> SourceAuroc { get; } = new("AUROC, left-out source", outcome => outcome.SourceAuroc);

    /// <summary>All, in the order of the tables.</summary>
    public static IReadOnlyList<Measure<SensitivityOutcome>> All { get; } = [Auroc, Aupr, SourceAuroc];
}
