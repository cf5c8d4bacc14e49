namespace ScFm.Model.Tasks.Composition;

/// <summary>All analyses that a study makes of its trained models.</summary>
internal static class CompositionAnalyses
{
    /// <summary>Those that the plan and its models allow.</summary>
    internal static IReadOnlyList<CompositionAnalysis> All(AnalysisInput input) =>
    [
        .. new[] { HeldOutGenes.Of(input), LatentComparison.Of(input), ExpressedGenes.Of(input), LoadingsOfEvaluations.Of(input), LoadingEnrichment.Of(input) }.OfType<CompositionAnalysis>(),
    ];
}
