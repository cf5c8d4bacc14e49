using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A question to the trained models with its answer.</summary>
/// <param name="Title">The question.</param>
/// <param name="Explanation">What the columns mean, in sentences.</param>
/// <param name="Table">The answer.</param>
public sealed record CompositionAnalysis(string Title, string Explanation, Table Table)
{
    /// <summary>All analyses that the plan and its models allow.</summary>
    internal static IReadOnlyList<CompositionAnalysis> All(
        CompositionPlan plan, StudyCells cells, IReadOnlyList<IStudyModel> models, FittedModels fitted, CancellationToken cancellation) => [];
}
