using MathNet.Numerics.Distributions;
using ScFm.Model.Models.ScImpute;

namespace ScFm.Model.Tests.Models.ScImpute;

public sealed class GammaNormalMixtureTests
{
    [Theory]
    [InlineData(0.35, 1.2, 4, 2.5, 0.4)]
    [InlineData(0.7, 3, 6, 3.2, 0.3)]
    public void The_parts_of_a_simulated_mixture_are_found(double share, double shape, double rate, double mean, double deviation)
    {
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble() < share ? Gamma.Sample(random, shape, rate) : Normal.Sample(random, mean, deviation))];
        var found = Fit(values);
        Assert.Equal(share, found.DropoutShare, 0.02);
        Assert.Equal(mean, found.Mean, 0.03);
        Assert.Equal(deviation, found.Deviation, 0.03);
        Assert.Equal(shape / rate, found.Shape / found.Rate, 0.05);
        Assert.InRange(found.Shape / shape, 0.85, 1.15);
    }

    [Fact]
    public void Zeros_beside_clear_expression_are_dropouts_and_expression_is_not()
    {
        var random = new Random(2);
        double[] values = [.. Enumerable.Range(0, 200).Select(i => i < 80 ? LogScale.Zero : Normal.Sample(random, 3, 0.3))];
        var found = Fit(values);
        Assert.Equal(0.4, found.DropoutShare, 0.01);
        Assert.Equal(3, found.Mean, 0.1);
        Assert.InRange(found.DropoutProbability(LogScale.Zero), 0.99, 1);
        Assert.All(values.Skip(80), v => Assert.InRange(found.DropoutProbability(v), 0, 0.01));
        Assert.Equal(0, found.DropoutProbability(found.Mean + 10));
    }

    [Fact]
    public void The_probability_is_the_gamma_part_of_the_density()
    {
        var mixture = new GammaNormalMixture(0.3, 2, 4, 2, 0.5);
        var (gamma, normal) = (0.3 * Gamma.PDF(2, 4, 0.9), 0.7 * Normal.PDF(2, 0.5, 0.9));
        Assert.Equal(gamma / (gamma + normal), mixture.DropoutProbability(0.9), 1e-12);
    }

    [Fact]
    public void A_value_that_occurs_often_counts_as_often()
    {
        double[] values = [LogScale.Zero, LogScale.Zero, LogScale.Zero, 2.1, 2.5, 2.9, 3];
        var once = Fit(values);
        var counted = GammaNormalMixture.Fit([LogScale.Zero, 2.1, 2.5, 2.9, 3], [3, 1, 1, 1, 1]);
        Assert.Equal(once.DropoutShare, counted.DropoutShare, 1e-9);
        Assert.Equal((once.Mean, once.Deviation), (counted.Mean, counted.Deviation));
    }

    private static GammaNormalMixture Fit(double[] values) => GammaNormalMixture.Fit(values, [.. Enumerable.Repeat(1.0, values.Length)]);
}
