namespace ScFm.Model.Tasks;

/// <summary>How the loss falls with the operations spent: L(C) = scale C^-exponent + floor.</summary>
/// <param name="Scale">The reducible loss at one operation.</param>
/// <param name="Exponent">How fast it falls: ten times the operations leave 10^-exponent of it.</param>
/// <param name="Floor">The loss that no amount of training removes; 0 where none was fitted.</param>
/// <remarks>Source: Kaplan et al. 2020, equation 1.3, and Henighan et al. 2020, equation 1.1, for the floor.</remarks>
public sealed record PowerLaw(double Scale, double Exponent, double Floor)
{
    private const int Refinements = 60;
    private const int GridSize = 200;

    /// <summary>The loss at so many operations.</summary>
    public double At(double flops) => Scale * Math.Pow(flops, -Exponent) + Floor;

    /// <summary>The law with the least squared error of log L.</summary>
    /// <param name="points">Operations, above 0, and losses, above 0.</param>
    /// <param name="withFloor">True to fit a floor as well. Default: true.</param>
    /// <exception cref="ArgumentException">There are too few points for the law's parameters, or one is not above 0.</exception>
    public static PowerLaw Fit(IReadOnlyList<(double Flops, double Loss)> points, bool withFloor = true)
    {
        var needed = withFloor ? 3 : 2;
        var distinct = points.Select(p => p.Flops).Distinct().Count();
        if (distinct < needed)
        {
            throw new ArgumentException($"There are losses at {distinct} numbers of operations; expected at least {needed} to fit {needed} parameters.");
        }
        if (points.Any(p => !(p.Flops > 0 && p.Loss > 0 && double.IsFinite(p.Flops) && double.IsFinite(p.Loss))))
        {
            throw new ArgumentException("A point's operations or loss is not above 0; expected positive numbers.");
        }
        return withFloor ? WithFloor(points) : GivenFloor(points, 0);
    }

    /// <summary>The sum of the squared errors of log L.</summary>
    public double Error(IReadOnlyList<(double Flops, double Loss)> points) => points.Sum(p => Math.Pow(Math.Log(At(p.Flops) / p.Loss), 2));

    /// <summary>Such as "L(C) = 3.21 C^-0.081 + 0.51".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"L(C) = {Scale:G3} C^{-Exponent:F3}") + (Floor > 0 ? FormattableString.Invariant($" + {Floor:G3}") : "");

    /// <summary>A search over the floor, the only parameter in which the problem is not linear: a grid, then a golden section around its best.</summary>
    private static PowerLaw WithFloor(IReadOnlyList<(double Flops, double Loss)> points)
    {
        var least = points.Min(p => p.Loss);
        double ErrorAt(double floor) => GivenFloor(points, floor).Error(points);
        // the floor nears the least loss in ever smaller steps: a law that is almost flat there is told from one that is not
        double Place(double share) => least * (1 - Math.Pow(1e-6, share));
        var best = Enumerable.Range(0, GridSize).MinBy(i => ErrorAt(Place((double)i / GridSize)));
        var (from, to) = (Math.Max(0, best - 1.0) / GridSize, Math.Min(GridSize - 1, best + 1.0) / GridSize);
        var golden = (Math.Sqrt(5) - 1) / 2;
        for (var i = 0; i < Refinements; i++)
        {
            var (left, right) = (to - golden * (to - from), from + golden * (to - from));
            (from, to) = ErrorAt(Place(left)) <= ErrorAt(Place(right)) ? (from, right) : (left, to);
        }
        var plain = GivenFloor(points, 0);
        var found = GivenFloor(points, Place((from + to) / 2));
        return found.Error(points) < plain.Error(points) ? found : plain;
    }

    /// <summary>A line through log(L - floor); an error of log L is one of log(L - floor) times (L - floor) / L, hence the weights.</summary>
    private static PowerLaw GivenFloor(IReadOnlyList<(double Flops, double Loss)> points, double floor)
    {
        var (weights, x, y) = (0.0, 0.0, 0.0);
        var rows = points.Select(p => (Weight: Math.Pow(1 - floor / p.Loss, 2), X: Math.Log(p.Flops), Y: Math.Log(p.Loss - floor))).ToArray();
        foreach (var row in rows)
        {
            (weights, x, y) = (weights + row.Weight, x + row.Weight * row.X, y + row.Weight * row.Y);
        }
        (x, y) = (x / weights, y / weights);
        var slope = rows.Sum(r => r.Weight * (r.X - x) * (r.Y - y)) / rows.Sum(r => r.Weight * (r.X - x) * (r.X - x));
        return new PowerLaw(Math.Exp(y - slope * x), -slope, floor);
    }
}
