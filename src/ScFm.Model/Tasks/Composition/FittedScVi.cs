using ScFm.Model.Cells;
using ScFm.Model.Models.ScVi;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A trained scVI or LDVAE: each gene's share under the model, at the mean of the posterior.</summary>
internal sealed class FittedScVi(ScViModel model) : FittedExpression((evaluation, cancellation) => Logarithms(Expression(model, evaluation.Cells, cancellation))), ILatentModel
{
    private static readonly ExpressionOptions per10000 = new() { LibrarySize = Normalisation.DefaultTarget };

    public DenseMatrix? Loadings => model.Module.Config.Decoder == DecoderKind.Linear ? model.CentredLoadings() : null;

    public DenseMatrix Latent(AnnData cells, CancellationToken cancellation) => model.Latent(cells, cancellation: cancellation);

    public DenseMatrix Expression(AnnData cells, CancellationToken cancellation) => Expression(model, cells, cancellation);

    private static DenseMatrix Expression(ScViModel model, AnnData cells, CancellationToken cancellation) =>
        model.NormalisedExpression(cells, per10000, cancellation: cancellation);

    private static DenseMatrix Logarithms(DenseMatrix expression)
    {
        foreach (ref var value in expression.Values.AsSpan())
        {
            value = MathF.Log(1 + value);
        }
        return expression;
    }
}
