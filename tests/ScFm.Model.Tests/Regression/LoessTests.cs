using ScFm.Model.Regression;

namespace ScFm.Model.Tests.Regression;

public sealed class LoessTests
{
    private static readonly double[] X = [.. Enumerable.Range(0, 200).Select(i => 3 + 10 * Math.Pow(i / 199.0, 2))];

    [Fact]
    public void A_parabola_is_given_back_by_degree_2_and_a_line_by_degree_1()
    {
        var parabola = Loess.Fit(X, [.. X.Select(x => 2 - x + 0.5 * x * x)]);
        var line = Loess.Fit(X, [.. X.Select(x => 2 - x)], new() { Degree = 1 });

        foreach (var x in X)
        {
            Assert.Equal(2 - x + 0.5 * x * x, parabola.At(x), 1e-8);
            Assert.Equal(2 - x, line.At(x), 1e-10);
        }
    }

    [Fact]
    public void Noise_is_smoothed_away_and_the_order_of_the_points_does_not_matter()
    {
        var random = new Random(8);
        double[] y = [.. X.Select(x => Math.Sin(x / 2) + 0.2 * (random.NextDouble() - 0.5))];
        var mixed = Enumerable.Range(0, 200).ToArray();
        random.Shuffle(mixed);

        var curve = Loess.Fit(X, y, new() { Span = 0.2 });
        var other = Loess.Fit([.. mixed.Select(i => X[i])], [.. mixed.Select(i => y[i])], new() { Span = 0.2 });

        Assert.All(X, x => Assert.Equal(Math.Sin(x / 2), curve.At(x), 0.06));
        Assert.Equal(curve.At(5), other.At(5), 1e-12);
    }

    [Fact]
    public void The_curve_has_no_steps_and_no_corners()
    {
        var random = new Random(9);
        var curve = Loess.Fit(X, [.. X.Select(_ => random.NextDouble())]);
        const double Step = 1e-5;

        for (var x = 3.01; x < 12.9; x += 0.0101)
        {
            var (before, after) = ((curve.At(x) - curve.At(x - Step)) / Step, (curve.At(x + Step) - curve.At(x)) / Step);
            Assert.Equal(before, after, 1e-3);
        }
    }

    [Fact]
    public void Points_at_few_places_are_fitted_by_their_means()
    {
        double[] places = [.. Enumerable.Range(0, 90).Select(i => (double)(i / 30))];
        double[] y = [.. Enumerable.Range(0, 90).Select(i => i / 30 * 2 + (i % 2 == 0 ? 0.1 : -0.1))];

        var curve = Loess.Fit(places, y, new() { Span = 0.9 });

        Assert.Equal(0, curve.At(0), 0.05);
        Assert.Equal(2, curve.At(1), 0.05);
        Assert.Equal(4, curve.At(2), 0.05);
    }

    [Fact]
    public void What_cannot_be_fitted_is_refused()
    {
        Assert.Contains("200 points and 1", Assert.Throws<ArgumentException>(() => Loess.Fit(X, [1])).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => Loess.Fit([1, 2, double.NaN], [1, 2, 3])).Message);
        Assert.Contains("5 points holds 1", Assert.Throws<ArgumentException>(() => Loess.Fit(X.AsSpan(..5), X.AsSpan(..5))).Message);
        Assert.Contains("alone", Assert.Throws<ArgumentException>(() => Loess.Fit(new double[20], new double[20], new() { Span = 1 })).Message);
    }
}
