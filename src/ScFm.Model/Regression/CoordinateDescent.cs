using ScFm.Model.Graphs;

namespace ScFm.Model.Regression;

/// <summary>Weighted least squares under a penalty on absolute coefficients, one coordinate after the other.</summary>
/// <param name="columns">The columns.</param>
/// <param name="members">Those whose coefficients may move.</param>
/// <param name="coefficients">All coefficients, changed in place.</param>
/// <param name="thresholds">The penalty of each member.</param>
internal sealed class CoordinateDescent(StandardisedColumns columns, List<int> members, double[] coefficients, double[] thresholds)
{
    private const int MostSweeps = 10_000;

    private readonly double[] norms = new double[members.Count];

    /// <summary>What was added to the intercept.</summary>
    internal double Shift { get; private set; }

    /// <summary>Moves until no step changes the weighted sum of squares by more than the tolerance.</summary>
    /// <param name="weights">One a sample.</param>
    /// <param name="residual">What the coefficients leave of the response; changed with them.</param>
    /// <param name="tolerance">In units of the sum of squares.</param>
    /// <returns>The largest change of the sum of squares that a coordinate's whole way would make alone.</returns>
    internal double Run(double[] weights, double[] residual, double tolerance)
    {
        double[] start = [.. members.Select(j => coefficients[j])];
        for (var m = 0; m < norms.Length; m++)
        {
            norms[m] = LinearSpace.Dot(weights, columns[members[m]], columns[members[m]]);
        }
        Shift = 0;
        var total = weights.Sum();
        // Most steps are those of the few that are not zero: all members are visited only to see whether another one joins.
        var (all, moved) = (true, true);
        for (var sweep = 0; sweep < MostSweeps && (moved || !all); sweep++)
        {
            all = !moved || sweep == 0;
            moved = Sweep(weights, residual, total, all) > tolerance;
        }
        var largest = total * Shift * Shift;
        for (var m = 0; m < norms.Length; m++)
        {
            var way = coefficients[members[m]] - start[m];
            largest = Math.Max(largest, norms[m] * way * way);
        }
        return largest;
    }

    /// <summary>One pass over the intercept and the members, all of them or those that are not zero; gives the largest change.</summary>
    private double Sweep(double[] weights, double[] residual, double total, bool all)
    {
        var shift = LinearSpace.Dot(weights, residual) / total;
        Shift += shift;
        foreach (ref var value in residual.AsSpan())
        {
            value -= shift;
        }
        var largest = total * shift * shift;
        for (var m = 0; m < norms.Length; m++)
        {
            var j = members[m];
            var old = coefficients[j];
            if ((!all && old == 0) || norms[m] == 0)
            {
                continue;
            }
            var pull = LinearSpace.Dot(weights, columns[j], residual) + norms[m] * old;
            var updated = Math.Sign(pull) * Math.Max(0, Math.Abs(pull) - thresholds[m]) / norms[m];
            if (updated != old)
            {
                coefficients[j] = updated;
                LinearSpace.Add(old - updated, columns[j], residual);
                largest = Math.Max(largest, norms[m] * (updated - old) * (updated - old));
            }
        }
        return largest;
    }
}
