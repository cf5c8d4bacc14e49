using ScFm.Model.Graphs;

namespace ScFm.Model.Regression.Logistic;

/// <summary>A proximal Newton step: the loss's quadratic model with the penalty is minimised one coordinate after the other, then the step is shortened until the objective falls.</summary>
/// <remarks>Yuan, Ho and Lin, "An improved GLMNET for L1-regularized logistic regression", JMLR 13 (2012).</remarks>
internal sealed class LogisticNewton(LogisticProblem problem)
{
    private const int MostSweeps = 50;
    private const int MostHalvings = 30;

    // The model is minimised until a sweep gains less than this share of all that was gained.
    private const double Enough = 0.01;

    // Keeps a coordinate without curvature from going to infinity.
    private const double LeastCurvature = 1e-12;
    private const double LongestStep = 10;

    // Of the decrease that slopes promise, the share that a step must bring (Armijo's rule).
    private const double Promise = 0.01;

    // Of the loss, what rounding may change: near the minimum a good step can do no better.
    private const double Rounding = 1e-15;

    private readonly SparseColumns columns = problem.Columns;
    private readonly double[] slopes = new double[problem.Labels.Length];
    private readonly double[] direction = new double[problem.Labels.Length];
    private readonly List<int> active = [];

    /// <summary>Moves the members of an output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="offset">What is taken off its values in the loss.</param>
    /// <param name="weights">What each sample counts, C included.</param>
    /// <returns>How much the objective fell.</returns>
    internal double Step(LogisticOutput output, double[] offset, double[] weights)
    {
        var loss = LogisticLoss.Derivatives(output.Linear, offset, output.Signs, weights, output.Residual, output.Curvature);
        output.Residual.CopyTo(slopes, 0);
        var members = output.Members;
        double[] start = [.. members.Select(j => output.Coefficients[j])];
        var shift = Minimise(output);
        direction.AsSpan().Fill(shift);
        for (var m = 0; m < members.Length; m++)
        {
            if (output.Coefficients[members[m]] != start[m])
            {
                columns.Add(output.Coefficients[members[m]] - start[m], members[m], direction);
            }
        }
        double[] end = [.. members.Select(j => output.Coefficients[j])];
        var expected = Penalty(output, start, end, shift, 1) - LinearSpace.Dot(slopes, direction);
        var share = 1.0;
        for (var halving = 0; expected < 0 && halving < MostHalvings; halving++, share /= 2)
        {
            var change = Penalty(output, start, end, shift, share) + LogisticLoss.Along(output.Linear, share, direction, offset, output.Signs, weights) - loss;
            if (change <= Promise * share * expected + Rounding * loss)
            {
                Take(output, start, end, shift, share);
                return Math.Max(0, -change);
            }
        }
        Take(output, start, end, shift, 0);
        return 0;
    }

    /// <summary>Sweeps over the coordinates; coefficients and residual are moved, the shift of the intercept is returned.</summary>
    private double Minimise(LogisticOutput output)
    {
        var (residual, curvature, coefficients) = (output.Residual, output.Curvature, output.Coefficients);
        var norms = new double[coefficients.Length];
        var total = LinearSpace.Sum(curvature) + LeastCurvature;
        foreach (var j in output.Members)
        {
            norms[j] = columns.Squares(j, curvature) + LeastCurvature;
        }
        var (gained, shift) = (0.0, 0.0);
        IReadOnlyList<int> visited = output.Members;
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var moved = output.Intercept + shift;
            var way = Moved(moved, LinearSpace.Sum(residual), total, problem.Options.PenaliseIntercept ? 1 : 0) - moved;
            shift += way;
            LinearSpace.Add(-way, curvature, residual);
            var gain = total * way * way;
            active.Clear();
            foreach (var j in visited)
            {
                var old = coefficients[j];
                var updated = Moved(old, columns.Dot(j, residual), norms[j], problem.Penalties[j]);
                if (updated != old)
                {
                    coefficients[j] = updated;
                    columns.Add(old - updated, curvature, j, residual);
                    gain += norms[j] * (updated - old) * (updated - old);
                }
                if (updated != old || updated != 0)
                {
                    active.Add(j);
                }
            }
            // Most of what stays at zero in the first sweep stays there in this step.
            visited = [.. active];
            gained += gain;
            if (gain <= Enough * gained)
            {
                break;
            }
        }
        return shift;
    }

    /// <summary>Where one coordinate's quadratic model has its minimum.</summary>
    private static double Moved(double from, double slope, double curvature, double penalty)
    {
        var pull = slope + curvature * from;
        var to = Math.Sign(pull) * Math.Max(0, Math.Abs(pull) - penalty) / curvature;
        return from + Math.Clamp(to - from, -LongestStep, LongestStep);
    }

    /// <summary>How much the penalty rises some way along the step.</summary>
    private double Penalty(LogisticOutput output, double[] start, double[] end, double shift, double share)
    {
        var sum = problem.Options.PenaliseIntercept ? Math.Abs(output.Intercept + share * shift) - Math.Abs(output.Intercept) : 0;
        for (var m = 0; m < start.Length; m++)
        {
            if (end[m] != start[m])
            {
                sum += problem.Penalties[output.Members[m]] * (Math.Abs(start[m] + share * (end[m] - start[m])) - Math.Abs(start[m]));
            }
        }
        return sum;
    }

    private void Take(LogisticOutput output, double[] start, double[] end, double shift, double share)
    {
        for (var m = 0; m < start.Length; m++)
        {
            output.Coefficients[output.Members[m]] = share == 1 ? end[m] : start[m] + share * (end[m] - start[m]);
        }
        output.Intercept += share * shift;
        LinearSpace.Add(share, direction, output.Linear);
    }
}
