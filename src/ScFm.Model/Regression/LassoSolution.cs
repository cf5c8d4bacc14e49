namespace ScFm.Model.Regression;

/// <summary>The coefficients that one penalty gives.</summary>
/// <param name="Penalty">The weight of the sum of absolute coefficients.</param>
/// <param name="Intercept">The linear predictor where every predictor is zero.</param>
/// <param name="Coefficients">One a predictor, on its own scale; most are zero.</param>
/// <param name="Deviance">Mean deviance of the responses.</param>
public sealed record LassoSolution(double Penalty, double Intercept, double[] Coefficients, double Deviance)
{
    /// <summary>Number of coefficients that are not zero.</summary>
    public int Selected => Coefficients.Count(c => c != 0);
}
