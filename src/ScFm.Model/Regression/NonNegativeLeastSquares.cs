using ScFm.Model.Graphs;

namespace ScFm.Model.Regression;

/// <summary>Least squares with coefficients that are not negative: the minimum of |A x - y| over x ≥ 0.</summary>
/// <remarks>
/// The active set method of Lawson and Hanson, "Solving Least Squares Problems" (1974), chapter 23. Columns join one at a time, the steepest first;
/// the normal equations of the few that are positive are kept as a Cholesky factor that grows with them.
/// </remarks>
public sealed class NonNegativeLeastSquares
{
    // Of a column's squared length: what must be left of it after the columns that are in, so that it is not a combination of these.
    private const double Independent = 1e-10;

    private readonly double[][] columns;
    private readonly double[] target;
    private readonly double[] solution;
    private readonly double[] residual;
    private readonly GrowingCholesky positive;
    private readonly HashSet<int> rejected = [];

    private NonNegativeLeastSquares(double[][] columns, double[] target)
    {
        (this.columns, this.target) = (columns, target);
        (solution, residual) = (new double[columns.Length], [.. target]);
        positive = new GrowingCholesky(Independent);
    }

    /// <summary>Solves one problem.</summary>
    /// <param name="columns">The columns of A, each as long as the target.</param>
    /// <param name="target">y.</param>
    /// <param name="tolerance">The largest slope that counts as none, as a share of the largest at x = 0. Default: 1e-10.</param>
    /// <returns>One coefficient a column; where columns are combinations of each other, one of the solutions.</returns>
    /// <exception cref="ArgumentException">A column has another length than the target.</exception>
    public static double[] Solve(double[][] columns, ReadOnlySpan<double> target, double tolerance = 1e-10)
    {
        for (var j = 0; j < columns.Length; j++)
        {
            if (columns[j].Length != target.Length)
            {
                throw new ArgumentException($"Column {j} has {columns[j].Length} values; expected {target.Length}, as the target has.", nameof(columns));
            }
        }
        return new NonNegativeLeastSquares(columns, target.ToArray()).Run(tolerance);
    }

    private double[] Run(double tolerance)
    {
        var (least, _) = Steepest();
        var floor = tolerance * least;
        for (var step = 0; step < 3 * columns.Length; step++)
        {
            var (slope, column) = Steepest();
            if (!(slope > floor))
            {
                break;
            }
            if (!Enter(column))
            {
                rejected.Add(column);
                continue;
            }
            rejected.Clear();
            UpdateResidual();
        }
        return solution;
    }

    /// <summary>The column outside along which the squared error falls fastest.</summary>
    private (double Slope, int Column) Steepest()
    {
        var (slope, column) = (0.0, -1);
        for (var j = 0; j < columns.Length; j++)
        {
            if (solution[j] == 0 && !rejected.Contains(j) && LinearSpace.Dot(columns[j], residual) is var own && own > slope)
            {
                (slope, column) = (own, j);
            }
        }
        return (slope, column);
    }

    /// <summary>Lets a column in and moves to the least squares solution of those that are in, leaving out those that would become negative on the way.</summary>
    /// <returns>Whether the column could be let in.</returns>
    private bool Enter(int column)
    {
        var products = positive.Members.Select(j => LinearSpace.Dot(columns[j], columns[column])).ToArray();
        if (!positive.Add(column, products, LinearSpace.Dot(columns[column], columns[column]), LinearSpace.Dot(columns[column], target)))
        {
            return false;
        }
        var wanted = positive.Solve();
        if (wanted[^1] <= 0)
        {
            // Only rounding can send a column back along which the error falls.
            positive.Remove(j => j == column);
            return false;
        }
        while (wanted.Any(w => w <= 0))
        {
            var share = 1.0;
            for (var i = 0; i < wanted.Length; i++)
            {
                var now = solution[positive.Members[i]];
                share = wanted[i] <= 0 ? Math.Min(share, now / (now - wanted[i])) : share;
            }
            for (var i = 0; i < wanted.Length; i++)
            {
                ref var now = ref solution[positive.Members[i]];
                var stops = wanted[i] <= 0 && now / (now - wanted[i]) <= share;
                now = stops ? 0 : now + share * (wanted[i] - now);
            }
            positive.Remove(j => solution[j] <= 0);
            wanted = positive.Solve();
        }
        for (var i = 0; i < wanted.Length; i++)
        {
            solution[positive.Members[i]] = wanted[i];
        }
        return true;
    }

    private void UpdateResidual()
    {
        target.CopyTo(residual, 0);
        foreach (var j in positive.Members)
        {
            LinearSpace.Add(-solution[j], columns[j], residual);
        }
    }
}
