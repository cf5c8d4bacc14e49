using ScFm.Model.Graphs;

namespace ScFm.Model.Regression.Logistic;

/// <summary>A proximal Newton step: the loss's quadratic model with the penalty is minimised, then the step is shortened until the objective falls.</summary>
/// <remarks>Yuan, Ho and Lin, "An improved GLMNET for L1-regularized logistic regression", JMLR 13 (2012).</remarks>
internal sealed class LogisticNewton(LogisticProblem problem)
{
    private const int MostHalvings = 30;

    // Of the decrease that slopes promise, the share that a step must bring (Armijo's rule).
    private const double Promise = 0.01;

    // Of the loss, what rounding may change: near the minimum a good step can do no better.
    private const double Rounding = 1e-15;

    private readonly QuadraticDescent descent = new(problem);
    private readonly double[] direction = new double[problem.Labels.Length];

    /// <summary>Moves the members of an output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="offset">What is taken off its values in the loss.</param>
    /// <param name="weights">What each sample counts, C included.</param>
    /// <returns>How much the objective fell.</returns>
    internal double Step(LogisticOutput output, double[] offset, double[] weights)
    {
        var loss = LogisticLoss.Derivatives(output.Linear, offset, output.Signs, weights, output.Residual, output.Curvature);
        var start = output.Point();
        var (end, costs) = descent.Minimise(output);
        direction.AsSpan().Fill(end[^1] - start[^1]);
        for (var m = 0; m < output.Members.Length; m++)
        {
            if (end[m] != start[m])
            {
                problem.Columns.Add(end[m] - start[m], output.Members[m], direction);
            }
        }
        // The slopes in the values, before the descent changed them, are those of the loss at the start.
        var expected = Penalty(costs, start, end, 1) - LinearSpace.Dot(descent.Slopes, direction);
        var share = 1.0;
        for (var halving = 0; expected < 0 && halving < MostHalvings; halving++, share /= 2)
        {
            var change = Penalty(costs, start, end, share) + LogisticLoss.Along(output.Linear, share, direction, offset, output.Signs, weights) - loss;
            if (change <= Promise * share * expected + Rounding * loss)
            {
                LinearSpace.Add(share, direction, output.Linear);
                output.MoveTo(Between(start, end, share));
                return Math.Max(0, -change);
            }
        }
        return 0;
    }

    /// <summary>How much the penalty rises some way along the step.</summary>
    private static double Penalty(double[] costs, double[] start, double[] end, double share)
    {
        var sum = 0.0;
        for (var m = 0; m < start.Length; m++)
        {
            if (end[m] != start[m])
            {
                sum += costs[m] * (Math.Abs(start[m] + share * (end[m] - start[m])) - Math.Abs(start[m]));
            }
        }
        return sum;
    }

    // Exact at the end, so that what became zero is zero.
    private static double[] Between(double[] start, double[] end, double share) =>
        share == 1 ? end : [.. start.Zip(end, (from, to) => from + share * (to - from))];
}
