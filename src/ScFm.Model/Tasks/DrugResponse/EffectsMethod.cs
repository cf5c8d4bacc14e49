namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>Predicts what a drug does on average, and where wanted how much a cell line bears on average: what any model must beat to have learnt how the two act together.</summary>
/// <param name="withCells">True for drug and cell line, false for the drug alone.</param>
/// <param name="shrinkage">Pairs of value 0 that are added to each drug and cell line, 0 or more. Default: 3.</param>
/// <param name="ofScreens">True for an effect a screen instead of a drug: it knows under which conditions a pair was measured, which no structure tells. Default: false.</param>
public sealed class EffectsMethod(bool withCells, double shrinkage = EffectsMethod.UsualShrinkage, bool ofScreens = false) : IResponseMethod
{
    /// <summary>The usual shrinkage of effects.</summary>
    internal const double UsualShrinkage = 3;

    /// <inheritdoc/>
    public string Name => (ofScreens ? "screen" : "drug") + (withCells ? " + cell line effects" : " mean");

    /// <inheritdoc/>
    public bool IsBaseline => true;

    /// <inheritdoc/>
    public string Settings => FormattableString.Invariant($"{Name}, shrinkage {shrinkage}");

    /// <inheritdoc/>
    public float[] Predict(ResponseProblem problem, ResponseSplit split, int seed, CancellationToken cancellation)
    {
        var fit = EffectFit.Of(problem.Responses, [.. split.Training.Concat(split.Validation).Order()], withCells ? shrinkage : 0, withCells, ofScreens);
        return Array.ConvertAll(split.Test, pair => (float)fit.Predict(problem.Responses, pair));
    }
}
