using ScFm.Model.Graphs;

namespace ScFm.Model.Regression.Logistic;

/// <summary>The minimum of a quadratic model of the loss with the penalty, one coordinate after the other.</summary>
/// <remarks>
/// The first sweeps go over the samples' values. Where they do not suffice, as of classes that can be told apart without error, the coordinates that move are few and
/// depend on each other: their products are made once, and any number of sweeps then costs little (the covariance updates of Friedman, Hastie and Tibshirani, 2010).
/// </remarks>
internal sealed class QuadraticDescent(LogisticProblem problem)
{
    private const int MostSweeps = 8;
    private const int MostProductSweeps = 1000;
    private const int MostProducts = 4000;

    // Sweeps end when one gains less than this share of all that was gained.
    private const double Enough = 0.01;
    private const double EnoughOfProducts = 1e-6;

    // Keeps a coordinate without curvature from going to infinity.
    private const double LeastCurvature = 1e-12;
    private const double LongestStep = 10;

    private readonly SparseColumns columns = problem.Columns;

    /// <summary>The loss's slopes in the samples' values where the model was made, negated.</summary>
    internal double[] Slopes { get; } = new double[problem.Labels.Length];

    /// <summary>Minimises over the members' coefficients and the intercept.</summary>
    /// <param name="output">With the slopes and curvatures of the model; its residual is used up.</param>
    /// <returns>The minimum, as <see cref="LogisticOutput.Point"/>, and the penalty of each coordinate.</returns>
    internal (double[] Point, double[] Costs) Minimise(LogisticOutput output)
    {
        var (members, residual, curvature) = (output.Members, output.Residual, output.Curvature);
        residual.CopyTo(Slopes, 0);
        var point = output.Point();
        double[] costs = [.. members.Select(j => problem.Penalties[j]), problem.Options.PenaliseIntercept ? 1 : 0];
        double[] norms = [.. members.Select(j => columns.Squares(j, curvature) + LeastCurvature), LinearSpace.Sum(curvature) + LeastCurvature];
        var (gained, visited, active) = (0.0, Enumerable.Range(0, members.Length).ToList(), new List<int>());
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var way = Way(point[^1], LinearSpace.Sum(residual), norms[^1], costs[^1]);
            point[^1] += way;
            LinearSpace.Add(-way, curvature, residual);
            var gain = norms[^1] * way * way;
            active.Clear();
            foreach (var m in visited)
            {
                way = Way(point[m], columns.Dot(members[m], residual), norms[m], costs[m]);
                if (way != 0)
                {
                    point[m] += way;
                    columns.Add(-way, curvature, members[m], residual);
                    gain += norms[m] * way * way;
                }
                if (way != 0 || point[m] != 0)
                {
                    active.Add(m);
                }
            }
            // Most of what stays at zero in the first sweep stays there in this step.
            (visited, active) = (active, visited);
            gained += gain;
            if (gain <= Enough * gained)
            {
                return (point, costs);
            }
        }
        if (visited.Count <= MostProducts)
        {
            Finish([.. visited], members, point, costs, residual, curvature, gained);
        }
        return (point, costs);
    }

    /// <summary>Goes on by the products of the coordinates that move.</summary>
    private void Finish(int[] active, int[] members, double[] point, double[] costs, double[] residual, double[] curvature, double gained)
    {
        var products = new ActiveProducts(problem.Rows, Array.ConvertAll(active, m => members[m]), curvature);
        int[] coordinates = [.. active, point.Length - 1];
        double[] slopes = [.. active.Select(m => columns.Dot(members[m], residual)), LinearSpace.Sum(residual)];
        for (var sweep = 0; sweep < MostProductSweeps; sweep++)
        {
            var gain = 0.0;
            for (var a = 0; a < coordinates.Length; a++)
            {
                ref var value = ref point[coordinates[a]];
                var norm = products[a][a] + LeastCurvature;
                var way = Way(value, slopes[a], norm, costs[coordinates[a]]);
                if (way != 0)
                {
                    value += way;
                    LinearSpace.Add(-way, products[a], slopes);
                    gain += norm * way * way;
                }
            }
            gained += gain;
            if (gain <= EnoughOfProducts * gained)
            {
                return;
            }
        }
    }

    /// <summary>The way to the minimum of one coordinate; where that is zero, exactly as far as zero is.</summary>
    private static double Way(double from, double slope, double curvature, double cost)
    {
        var pull = slope + curvature * from;
        var way = Math.Abs(pull) <= cost ? -from : (pull - Math.Sign(pull) * cost) / curvature - from;
        return Math.Clamp(way, -LongestStep, LongestStep);
    }
}
