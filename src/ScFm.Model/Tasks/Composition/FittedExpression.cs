using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A model that reconstructs expression, scored by R².</summary>
/// <param name="reconstruct">From cells to log1p of counts per 10,000, [cells, genes of the study].</param>
internal class FittedExpression(Func<EvaluationCells, CancellationToken, DenseMatrix> reconstruct) : IFittedModel
{
    /// <summary>What the score is called.</summary>
    internal const string Score = "R²";

    /// <inheritdoc/>
    public ModelScores Evaluate(EvaluationCells evaluation, CancellationToken cancellation)
    {
        var expression = reconstruct(evaluation, cancellation);
        return new ModelScores(CellCorrelation.Squared(evaluation.LogNormalised, expression, evaluation.VariableGenes), Means(expression));
    }

    private static float[] Means(DenseMatrix expression)
    {
        var sums = new double[expression.Columns];
        for (var cell = 0; cell < expression.Rows; cell++)
        {
            var row = expression.Row(cell);
            for (var gene = 0; gene < sums.Length; gene++)
            {
                sums[gene] += Math.Exp(row[gene]) - 1;
            }
        }
        return Array.ConvertAll(sums, sum => (float)(sum / expression.Rows));
    }
}
