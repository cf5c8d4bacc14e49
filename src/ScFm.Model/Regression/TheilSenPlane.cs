using MathNet.Numerics.LinearAlgebra;
using ScFm.Model.Metrics;

namespace ScFm.Model.Regression;

/// <summary>A linear relation to two variables that outliers hardly move: the spatial median of the solutions through all pairs of points.</summary>
/// <remarks>
/// Dang, Peng, Wang and Zhang, "Theil-Sen estimators in a multiple linear regression model" (2008); the median by the modified Weiszfeld steps of Kärkkäinen and
/// Äyrämö (2005). There is no intercept. The conventions are those of scikit-learn's TheilSenRegressor where it takes all pairs. Time and memory grow with the
/// square of the number of points.
/// </remarks>
public static class TheilSenPlane
{
    /// <summary>How far a step may still go when the median counts as found. Default: 0.001, as in scikit-learn.</summary>
    public const double DefaultTolerance = 1e-3;

    private const int MostSteps = 1000;

    /// <summary>Fits y = c1 x1 + c2 x2.</summary>
    /// <param name="x">The two variables of each thing.</param>
    /// <param name="y">The response, one value a thing.</param>
    /// <param name="tolerance">How far a step may still go when the median counts as found; above 0. Default: 0.001.</param>
    /// <returns>c1 and c2.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there are not two variables, or fewer than two things.</exception>
    public static (double First, double Second) Fit(Points x, ReadOnlySpan<double> y, double tolerance = DefaultTolerance)
    {
        if (x.Dimensions != 2 || x.Count != y.Length || x.Count < 2)
        {
            throw new ArgumentException($"There are {x.Count} points of {x.Dimensions} variables and {y.Length} responses; expected 2 variables, and as many responses as points, 2 or more.");
        }
        var solutions = new List<(double First, double Second)>();
        for (var i = 0; i < x.Count; i++)
        {
            for (var j = i + 1; j < x.Count; j++)
            {
                solutions.Add(Through(x[i], x[j], y[i], y[j]));
            }
        }
        return SpatialMedian(solutions, tolerance);
    }

    // Of pairs in one line with the origin the shortest solution.
    private static (double First, double Second) Through(ReadOnlySpan<double> p, ReadOnlySpan<double> q, double atP, double atQ)
    {
        var determinant = p[0] * q[1] - p[1] * q[0];
        if (Math.Abs(determinant) > 1e-14 * (Math.Abs(p[0] * q[1]) + Math.Abs(p[1] * q[0])))
        {
            return ((atP * q[1] - p[1] * atQ) / determinant, (p[0] * atQ - atP * q[0]) / determinant);
        }
        if (p[0] == 0 && p[1] == 0 && q[0] == 0 && q[1] == 0)
        {
            return (0, 0); // also the shortest, which the pseudoinverse of zeros is not able to say
        }
        var shortest = Matrix<double>.Build.DenseOfArray(new[,] { { p[0], p[1] }, { q[0], q[1] } }).PseudoInverse() * Vector<double>.Build.Dense([atP, atQ]);
        return (shortest[0], shortest[1]);
    }

    /// <summary>The place whose distances to all points have the smallest sum.</summary>
    private static (double First, double Second) SpatialMedian(List<(double First, double Second)> points, double tolerance)
    {
        var place = (First: points.Average(p => p.First), Second: points.Average(p => p.Second));
        for (var step = 0; step < MostSteps; step++)
        {
            var next = Step(points, place);
            var (across, along) = (next.First - place.First, next.Second - place.Second);
            place = next;
            if (across * across + along * along < tolerance * tolerance)
            {
                break;
            }
        }
        return place;
    }

    // A place on one of the points moves only as far as the others pull more strongly than it holds.
    private static (double First, double Second) Step(List<(double First, double Second)> points, (double First, double Second) place)
    {
        var (pull, sum, weights, onPoint) = ((First: 0.0, Second: 0.0), (First: 0.0, Second: 0.0), 0.0, false);
        foreach (var (first, second) in points)
        {
            var (across, along) = (first - place.First, second - place.Second);
            var distance = Math.Sqrt(across * across + along * along);
            if (distance < double.BitIncrement(1) - 1)
            {
                onPoint = true;
                continue;
            }
            pull = (pull.First + across / distance, pull.Second + along / distance);
            sum = (sum.First + first / distance, sum.Second + second / distance);
            weights += 1 / distance;
        }
        var strength = Math.Sqrt(pull.First * pull.First + pull.Second * pull.Second);
        if (weights == 0 || onPoint && strength <= 1)
        {
            return place;
        }
        var stay = onPoint ? 1 / strength : 0;
        return ((1 - stay) * sum.First / weights + stay * place.First, (1 - stay) * sum.Second / weights + stay * place.Second);
    }
}
