using ScFm.Model.Cells;
using ScFm.Model.Models.ScVi;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A trained scVI or LDVAE: each gene's share under the model, at the mean of the posterior, as log1p of counts per 10,000.</summary>
internal sealed class FittedScVi(ScViModel model) : FittedExpression((evaluation, cancellation) => Expression(model, evaluation.Cells, cancellation))
{
    /// <summary>The model.</summary>
    internal ScViModel Model => model;

    private static DenseMatrix Expression(ScViModel model, AnnData cells, CancellationToken cancellation)
    {
        var expression = model.NormalisedExpression(cells, cancellation: cancellation);
        foreach (ref var value in expression.Values.AsSpan())
        {
            value = MathF.Log(1 + (float)Normalisation.DefaultTarget * value);
        }
        return expression;
    }
}
