using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A model that reconstructs expression, scored by R².</summary>
/// <param name="reconstruct">From cells to log1p of counts per 10,000, [cells, genes of the study].</param>
internal class FittedExpression(Func<EvaluationCells, CancellationToken, DenseMatrix> reconstruct) : IFittedModel
{
    /// <summary>What the score is called.</summary>
    internal const string ScoreName = "R²";

    /// <inheritdoc/>
    public float[] Score(EvaluationCells evaluation, CancellationToken cancellation) =>
        CellCorrelation.Squared(evaluation.LogNormalised, reconstruct(evaluation, cancellation), evaluation.VariableGenes);
}
