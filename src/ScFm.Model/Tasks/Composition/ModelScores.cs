namespace ScFm.Model.Tasks.Composition;

/// <summary>How well a model describes cells.</summary>
/// <param name="Cells">One score a cell; NaN where it is not defined, such as for a cell that expresses none of the genes.</param>
/// <param name="MeanExpression">Each gene's mean over the cells of the reconstructed counts per 10,000; null where the model reconstructs no expression.</param>
public sealed record ModelScores(float[] Cells, float[]? MeanExpression);
