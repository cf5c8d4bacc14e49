using ScFm.Model.Graphs;

namespace ScFm.Model.Regression.Logistic;

/// <summary>One linear function of the predictors and where its fitting stands.</summary>
internal sealed class LogisticOutput
{
    /// <param name="problem">The samples.</param>
    /// <param name="target">The class that the function is for.</param>
    internal LogisticOutput(LogisticProblem problem, int target)
    {
        Class = target;
        Signs = Array.ConvertAll(problem.Labels, label => label == target ? 1.0 : -1.0);
        (Coefficients, Slopes) = (new double[problem.Columns.Count], new double[problem.Columns.Count]);
        (Linear, Residual, Curvature) = (new double[problem.Labels.Length], new double[problem.Labels.Length], new double[problem.Labels.Length]);
    }

    internal int Class { get; }

    /// <summary>1 for the samples of the class, -1 for the others.</summary>
    internal double[] Signs { get; }

    /// <summary>One a predictor.</summary>
    internal double[] Coefficients { get; }

    internal double Intercept { get; set; }

    /// <summary>The function's value for each sample.</summary>
    internal double[] Linear { get; }

    /// <summary>The loss's slope in each value, negated.</summary>
    internal double[] Residual { get; }

    /// <summary>The loss's curvature in each value.</summary>
    internal double[] Curvature { get; }

    /// <summary>The loss's slope in each coefficient, negated, when it was last measured.</summary>
    internal double[] Slopes { get; }

    /// <summary>The predictors whose coefficients may move.</summary>
    internal int[] Members { get; private set; } = [];

    /// <summary>Lets those in that are not zero, and of the others the steepest for their penalty: as many again, so that the set may double.</summary>
    /// <remarks>How working sets are chosen in celer (Massias, Gramfort and Salmon, ICML 2018).</remarks>
    internal void Admit(double[] penalties)
    {
        const int Least = 64;
        const double Near = 0.9;
        int[] selected = [.. Enumerable.Range(0, Coefficients.Length).Where(j => Coefficients[j] != 0)];
        int[] steep = [.. Enumerable.Range(0, Coefficients.Length).Where(j => Coefficients[j] == 0 && Math.Abs(Slopes[j]) > Near * penalties[j])];
        Array.Sort(Array.ConvertAll(steep, j => -Math.Abs(Slopes[j]) / penalties[j]), steep);
        Members = [.. selected, .. steep.Take(Math.Max(Least, selected.Length))];
        Array.Sort(Members);
    }

    /// <summary>The members' coefficients, and the intercept at the end.</summary>
    internal double[] Point() => [.. Members.Select(j => Coefficients[j]), Intercept];

    /// <summary>Takes such a point; the values are the caller's to move.</summary>
    internal void MoveTo(double[] point)
    {
        for (var m = 0; m < Members.Length; m++)
        {
            Coefficients[Members[m]] = point[m];
        }
        Intercept = point[^1];
    }

    /// <summary>Adds a number to the intercept, and to the values what coefficients give that were changed, [samples]. Default: nothing.</summary>
    internal void Shift(double by, double[]? change = null)
    {
        Intercept += by;
        foreach (ref var value in Linear.AsSpan())
        {
            value += by;
        }
        if (change is not null)
        {
            LinearSpace.Add(1, change, Linear);
        }
    }
}
