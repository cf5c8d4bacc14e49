using ScFm.Model.Graphs;

namespace ScFm.Model.Regression.Logistic;

/// <summary>The minimum of the sum of absolute coefficients plus C times the loss, for the functions of one class or of all together; each solution starts from the last.</summary>
/// <remarks>
/// Predictors are let in some at a time, those first whose slopes exceed their penalties most; among those that are in, classes take turns with proximal Newton
/// steps; then all slopes are looked at and the duality gap is measured, until it is small enough.
/// </remarks>
internal sealed class LogisticSolver
{
    // Among those that are in, turns end when one brings less than this share of the gap.
    private const double Share = 0.03;
    private const int MostTurns = 50;

    private readonly LogisticProblem problem;
    private readonly LogisticNewton newton;
    private readonly double[] counts;
    private readonly double tolerance;
    private readonly double[] weights;
    private readonly double[] joint;
    private readonly double[] offset;
    private double nothing;

    /// <param name="problem">The samples.</param>
    /// <param name="classes">The classes that functions are fitted for: one, against all others, or all that have samples.</param>
    /// <param name="counts">What each sample counts; at least two classes do.</param>
    /// <param name="tolerance">The duality gap that suffices, as a share of the objective.</param>
    internal LogisticSolver(LogisticProblem problem, int[] classes, double[] counts, double tolerance)
    {
        (this.problem, this.counts, this.tolerance) = (problem, counts, tolerance);
        newton = new LogisticNewton(problem);
        Outputs = Array.ConvertAll(classes, c => new LogisticOutput(problem, c));
        (weights, joint, offset) = (new double[counts.Length], new double[counts.Length], new double[counts.Length]);
        foreach (var output in Outputs)
        {
            var own = counts.Where((_, i) => output.Signs[i] > 0).Sum();
            // Where nothing tells classes apart, their shares do.
            output.Shift(problem.Options.PenaliseIntercept ? 0 : Math.Log(own / (Outputs.Length == 1 ? counts.Sum() - own : counts.Sum())));
        }
    }

    internal LogisticOutput[] Outputs { get; }

    /// <summary>The objective of the last solution.</summary>
    internal double Objective { get; private set; }

    /// <summary>The part of it that is not loss.</summary>
    private double Penalty { get; set; }

    /// <summary>How much less than that the minimum may be.</summary>
    internal double Gap { get; private set; }

    /// <summary>The share of the loss without predictors that the last solution leaves; 1 before there is one.</summary>
    internal double Unexplained { get; private set; } = 1;

    /// <summary>Solves for one C.</summary>
    internal void Solve(double c, CancellationToken cancellation)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = c * counts[i];
        }
        for (var round = 0; ; round++)
        {
            Measure();
            nothing = nothing > 0 ? nothing : Objective / c; // the first time nothing but intercepts has been learnt
            Unexplained = (Objective - Penalty) / (c * nothing);
            if (Gap <= tolerance * Objective || round >= problem.Options.MostRounds)
            {
                return;
            }
            foreach (var output in Outputs)
            {
                output.Admit(problem.Penalties);
            }
            var fell = double.PositiveInfinity;
            for (var turn = 0; turn < MostTurns && fell > Share * Gap; turn++)
            {
                fell = 0;
                foreach (var output in Outputs)
                {
                    cancellation.ThrowIfCancellationRequested();
                    fell += Alone(output, () => newton.Step(output, offset, weights));
                }
                if (Outputs.Length > 1)
                {
                    fell += SoftmaxShift.Apply(problem, Outputs);
                    Join();
                }
            }
        }
    }

    /// <summary>Does something to one output while the others stand still: it sees them as an offset.</summary>
    private double Alone(LogisticOutput output, Func<double> move)
    {
        if (Outputs.Length == 1)
        {
            return move();
        }
        LogisticLoss.Others(joint, output.Linear, offset);
        var result = move();
        offset.CopyTo(joint, 0);
        LogisticLoss.JoinInto(output.Linear, joint);
        return result;
    }

    /// <summary>Looks at all slopes; sets the objective and the gap.</summary>
    private void Measure()
    {
        Join();
        if (!problem.Options.PenaliseIntercept)
        {
            foreach (var output in Outputs)
            {
                Alone(output, () => Centre(output));
            }
            Join(); // exactly, since differences were taken
        }
        var loss = 0.0;
        foreach (var output in Outputs)
        {
            loss = Alone(output, () => LogisticLoss.Derivatives(output.Linear, offset, output.Signs, weights, output.Residual, output.Curvature));
        }
        if (Outputs.Length > 1)
        {
            loss = Outputs.Sum(output => Enumerable.Range(0, weights.Length).Where(i => output.Signs[i] > 0).Sum(i => weights[i] * (joint[i] - output.Linear[i])));
        }
        Parallel.For(0, problem.Columns.Count, problem.Processors(), j =>
        {
            foreach (var output in Outputs)
            {
                output.Slopes[j] = problem.Columns.Dot(j, output.Residual);
            }
        });
        var (penalty, steepest) = (0.0, 1.0);
        foreach (var output in Outputs)
        {
            for (var j = 0; j < output.Slopes.Length; j++)
            {
                penalty += output.Coefficients[j] == 0 ? 0 : problem.Penalties[j] * Math.Abs(output.Coefficients[j]);
                steepest = Math.Max(steepest, Math.Abs(output.Slopes[j]) / problem.Penalties[j]);
            }
            if (problem.Options.PenaliseIntercept)
            {
                penalty += Math.Abs(output.Intercept);
                steepest = Math.Max(steepest, Math.Abs(LinearSpace.Sum(output.Residual)));
            }
        }
        (Objective, Penalty) = (penalty + loss, penalty);
        Gap = Objective - Dual(1 / steepest);
    }

    /// <summary>Puts an intercept that costs nothing where its slope is zero.</summary>
    private double Centre(LogisticOutput output)
    {
        LogisticLoss.Derivatives(output.Linear, offset, output.Signs, weights, output.Residual, output.Curvature);
        var (slope, curvature) = (LinearSpace.Sum(output.Residual), LinearSpace.Sum(output.Curvature));
        if (curvature > 0)
        {
            output.Shift(Math.Clamp(slope / curvature, -1, 1));
        }
        return 0;
    }

    private void Join()
    {
        Outputs[0].Linear.CopyTo(joint, 0);
        foreach (var output in Outputs.AsSpan(1))
        {
            LogisticLoss.JoinInto(output.Linear, joint);
        }
    }

    /// <summary>The dual objective: the entropy of probabilities between the labels and the model's, such that no slope exceeds its penalty.</summary>
    /// <param name="share">How far they go from the labels to the model's, in (0, 1].</param>
    private double Dual(double share)
    {
        static double Entropy(double probability) => probability > 0 ? -probability * Math.Log(probability) : 0;
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }
            foreach (var output in Outputs)
            {
                var wrong = share * Math.Abs(output.Residual[i]) / weights[i];
                var own = output.Signs[i] > 0;
                sum += weights[i] * ((own || Outputs.Length == 1 ? -(1 - wrong) * double.LogP1(-wrong) : 0) + (!own || Outputs.Length == 1 ? Entropy(wrong) : 0));
            }
        }
        return sum;
    }
}
