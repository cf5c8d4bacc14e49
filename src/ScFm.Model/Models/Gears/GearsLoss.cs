using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>What a GEARS is trained to make small: the fourth power of the error and the share of wrong directions, the mean over the conditions of a batch.</summary>
/// <remarks>Source: GEARS (Roohani et al. 2023), equations 8 and 9; reference file GEARS/gears/utils.py.</remarks>
public static class GearsLoss
{
    /// <summary>The loss of some cells.</summary>
    /// <param name="predicted">Predicted expression, [cells, genes].</param>
    /// <param name="logVariance">Predicted logarithm of the error's variance, the same; null without uncertainty.</param>
    /// <param name="expected">Measured expression, the same.</param>
    /// <param name="control">Mean expression of the control cells, [genes] or [cells, genes].</param>
    /// <param name="weights">What each cell's genes count, [cells, genes]; see <see cref="Weights"/>.</param>
    /// <param name="direction">What a wrong direction counts.</param>
    /// <param name="uncertainty">What the error counts that the variance divides.</param>
    public static Tensor Of(Tensor predicted, Tensor? logVariance, Tensor expected, Tensor control, Tensor weights, double direction, double uncertainty)
    {
        var power = (predicted - expected).square().square();
        var error = logVariance is null ? power : power * (1 + uncertainty * (-logVariance).exp());
        return (weights * error).sum() + direction * WrongDirections(predicted, expected, control, weights);
    }

    private static Tensor WrongDirections(Tensor predicted, Tensor expected, Tensor control, Tensor weights)
    {
        using var unrecorded = no_grad(); // a sign has no gradient
        return (weights * ((expected - control).sign() - (predicted - control).sign()).square()).sum();
    }

    /// <summary>The weight of each gene of each cell: conditions count alike however many cells they have, and of a condition only the genes that are retained.</summary>
    /// <param name="conditions">The condition of each cell.</param>
    /// <param name="retained">Of a condition, which genes count.</param>
    /// <param name="genes">Number of genes.</param>
    /// <returns>[cells, genes], row after row.</returns>
    public static float[] Weights(ReadOnlySpan<int> conditions, Func<int, bool[]> retained, int genes)
    {
        var cellsOf = new Dictionary<int, int>();
        foreach (var condition in conditions)
        {
            cellsOf[condition] = cellsOf.GetValueOrDefault(condition) + 1;
        }
        var weights = new float[conditions.Length * genes];
        for (var cell = 0; cell < conditions.Length; cell++)
        {
            var kept = retained(conditions[cell]);
            var weight = (float)(1.0 / cellsOf.Count / cellsOf[conditions[cell]] / kept.AsSpan().Count(true));
            for (var gene = 0; gene < genes; gene++)
            {
                weights[cell * genes + gene] = kept[gene] ? weight : 0;
            }
        }
        return weights;
    }
}
