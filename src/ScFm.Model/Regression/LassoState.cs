using ScFm.Model.Graphs;

namespace ScFm.Model.Regression;

/// <summary>Where a LASSO's iteration stands: coefficients on the scale of the standardised columns, and the means that they give.</summary>
internal sealed class LassoState
{
    private const int MostRounds = 100;
    private const int MostHalvings = 20;

    private readonly StandardisedColumns columns;
    private readonly double[] response;
    private readonly ResponseFamily family;
    private readonly double[] weights;
    private readonly bool varies;
    private readonly double nullDeviance;
    private readonly double[] coefficients;
    private readonly double[] linear;
    private readonly double[] means;
    private readonly double[] working;
    private readonly double[] residual;
    private readonly double[] from;
    private readonly bool[] isCandidate;
    private readonly List<int> candidates = [];
    private double intercept;

    /// <param name="columns">The predictors.</param>
    /// <param name="response">One value a sample.</param>
    /// <param name="family">How the response is distributed.</param>
    /// <param name="weights">One a sample, with sum 1.</param>
    internal LassoState(StandardisedColumns columns, double[] response, ResponseFamily family, double[] weights)
    {
        (this.columns, this.response, this.family, this.weights) = (columns, response, family, weights);
        (coefficients, isCandidate) = (new double[columns.Count], new bool[columns.Count]);
        (linear, means, from) = (new double[columns.Samples], new double[columns.Samples], new double[columns.Samples]);
        (working, residual) = (new double[columns.Samples], new double[columns.Samples]);
        var counted = response.Where((_, i) => weights[i] > 0);
        varies = counted.Max() > counted.Min();
        intercept = family.Link(LinearSpace.Dot(weights, response));
        linear.AsSpan().Fill(intercept);
        UpdateMeans();
        nullDeviance = MeanDeviance(weights);
    }

    internal ReadOnlySpan<double> Means => means;

    internal int Candidates => candidates.Count;

    internal int Selected => candidates.Count(j => coefficients[j] != 0);

    /// <summary>Whether a predictor can say anything about the response.</summary>
    internal bool CanHelp(int predictor) => varies && columns.Varies(predictor);

    /// <summary>Lets a coefficient move.</summary>
    internal void Admit(int predictor)
    {
        if (CanHelp(predictor) && !isCandidate[predictor])
        {
            isCandidate[predictor] = true;
            candidates.Add(predictor);
        }
    }

    /// <summary>The slope of the mean log-likelihood in every coefficient.</summary>
    internal void Gradient(double[] gradient)
    {
        for (var i = 0; i < residual.Length; i++)
        {
            residual[i] = weights[i] * (response[i] - means[i]);
        }
        columns.Products(residual, gradient);
    }

    internal double MeanDeviance(ReadOnlySpan<double> of)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < of.Length; i++)
        {
            if (of[i] > 0)
            {
                sum += of[i] * family.Deviance(response[i], means[i]);
                total += of[i];
            }
        }
        return sum / total;
    }

    /// <summary>Re-weighted least squares over the candidates until nothing moves.</summary>
    /// <param name="penaltyOf">The penalty of a predictor.</param>
    /// <param name="tolerance">Share of the deviance without predictors that a step may still change.</param>
    internal void Iterate(Func<int, double> penaltyOf, double tolerance)
    {
        if (candidates.Count == 0)
        {
            return;
        }
        double[] thresholds = [.. candidates.Select(penaltyOf)];
        var descent = new CoordinateDescent(columns, candidates, coefficients, thresholds);
        var (moved, objective) = (double.PositiveInfinity, Objective(thresholds));
        for (var round = 0; round < MostRounds && moved > tolerance * nullDeviance; round++)
        {
            double[] start = [.. candidates.Select(j => coefficients[j])];
            linear.CopyTo(from, 0);
            for (var i = 0; i < linear.Length; i++)
            {
                var variance = family.Variance(means[i]);
                (working[i], residual[i]) = (weights[i] * variance, (response[i] - means[i]) / variance);
            }
            // The working response less what is left of it is the new linear predictor.
            LinearSpace.Add(1, residual, linear);
            moved = descent.Run(working, residual, tolerance * nullDeviance);
            LinearSpace.Add(-1, residual, linear);
            intercept += descent.Shift;
            UpdateMeans();
            var next = Objective(thresholds);
            // A whole Newton step may overshoot; the objective is convex, so that a half of it, or a half of that, does not.
            for (var halving = 0; next > objective + 1e-12 * Math.Abs(objective) && halving < MostHalvings; halving++)
            {
                intercept -= descent.Shift / Math.Pow(2, halving + 1);
                TakeHalf(start);
                next = Objective(thresholds);
            }
            objective = next;
        }
    }

    /// <summary>The coefficients on the predictors' own scale.</summary>
    internal LassoSolution Solution(double penalty)
    {
        var own = new double[coefficients.Length];
        var shift = intercept;
        foreach (var j in candidates)
        {
            own[j] = coefficients[j] / columns.Scale(j);
            shift -= own[j] * columns.Mean(j);
        }
        return new LassoSolution(penalty, shift, own, MeanDeviance(weights));
    }

    private void TakeHalf(double[] start)
    {
        for (var c = 0; c < start.Length; c++)
        {
            coefficients[candidates[c]] = (coefficients[candidates[c]] + start[c]) / 2;
        }
        for (var i = 0; i < linear.Length; i++)
        {
            linear[i] = (linear[i] + from[i]) / 2;
        }
        UpdateMeans();
    }

    private double Objective(double[] thresholds)
    {
        var sum = MeanDeviance(weights) / 2;
        for (var c = 0; c < thresholds.Length; c++)
        {
            sum += thresholds[c] * Math.Abs(coefficients[candidates[c]]);
        }
        return sum;
    }

    private void UpdateMeans()
    {
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = family.Mean(linear[i]);
        }
    }
}
