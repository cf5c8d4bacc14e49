using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A question to the trained models with its answer.</summary>
/// <param name="Title">The question.</param>
/// <param name="Explanation">What was done and what the columns mean, in sentences.</param>
/// <param name="Table">The answer.</param>
public sealed record CompositionAnalysis(string Title, string Explanation, Table Table);
