namespace ScFm.Model.Tasks.Annotation;

/// <summary>The measures of annotation; of each, higher is better.</summary>
public static class AnnotationMeasures
{
    /// <summary>Share of the test cells that were given their type.</summary>
    public static Measure<AnnotationOutcome> Accuracy { get; } = new("accuracy", outcome => outcome.Matrix.Accuracy);

    /// <summary>Mean over the types of the share of cells that were given their type.</summary>
    public static Measure<AnnotationOutcome> BalancedAccuracy { get; } = new("balanced accuracy", outcome => outcome.Matrix.BalancedAccuracy);

    /// <summary>Mean F1 of the types that have test cells: the same types for every method.</summary>
    public static Measure<AnnotationOutcome> MacroF1 { get; } = new("macro-F1", outcome => outcome.Matrix.MacroF1OfTrueClasses);

    /// <summary>The measures of all types together, in the order of the tables.</summary>
    public static IReadOnlyList<Measure<AnnotationOutcome>> All { get; } = [Accuracy, BalancedAccuracy, MacroF1];

    /// <summary>Of the cells of two types, the share that were given their type; NaN where one has no test cell.</summary>
    /// <param name="a">The first type, as its place in the study's types.</param>
    /// <param name="b">The second type.</param>
    public static Measure<AnnotationOutcome> PairAccuracy(int a, int b) => new("pair accuracy", outcome => HasBoth(outcome, a, b)
        ? (double)(outcome.Matrix[a, a] + outcome.Matrix[b, b]) / (outcome.Matrix.PerClass[a].Support + outcome.Matrix.PerClass[b].Support)
        : double.NaN);

    /// <summary>The mean of two types' F1, over all test cells; NaN where one has no test cell.</summary>
    /// <param name="a">The first type, as its place in the study's types.</param>
    /// <param name="b">The second type.</param>
    public static Measure<AnnotationOutcome> PairF1(int a, int b) => new("pair F1", outcome => HasBoth(outcome, a, b) ? (outcome.Matrix.PerClass[a].F1 + outcome.Matrix.PerClass[b].F1) / 2 : double.NaN);

    // A type that is not tested is neither told from the other nor taken for it.
    private static bool HasBoth(AnnotationOutcome outcome, int a, int b) => outcome.Matrix.PerClass[a].Support > 0 && outcome.Matrix.PerClass[b].Support > 0;
}
