using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using ScFm.Model.Models.Saver;

namespace ScFm.Model.Tests.Models.Saver;

public sealed class GammaPriorTests
{
    private const int Cells = 4000;

    [Theory]
    [InlineData(PriorSpread.ConstantCoefficientOfVariation, 0.5)]
    [InlineData(PriorSpread.ConstantFanoFactor, 1.5)]
    [InlineData(PriorSpread.ConstantVariance, 3.0)]
    public void The_kind_of_spread_and_its_size_are_found_in_simulated_counts(PriorSpread spread, double dispersion)
    {
        var (counts, sizes, means, _) = Simulate(spread, dispersion, seed: 1);
        var prior = GammaPrior.Fit(counts, sizes, means);
        Assert.Equal(spread, prior.Spread);
        Assert.InRange(prior.Dispersion / dispersion, 0.85, 1.15);
    }

    [Fact]
    public void The_posterior_mean_is_the_conjugate_one_and_nearer_to_the_truth_than_count_or_prior()
    {
        var (counts, sizes, means, truth) = Simulate(PriorSpread.ConstantFanoFactor, 2, seed: 2);
        var prior = GammaPrior.Fit(counts, sizes, means);
        var found = Enumerable.Range(0, Cells).Select(c => prior.PosteriorMean(counts[c], sizes[c], means[c])).ToArray();
        double[] known = [.. Enumerable.Range(0, Cells).Select(c => (counts[c] + means[c] / 2) / (sizes[c] + 0.5))];
        Assert.InRange(Error(found, known), 0, 0.001 * Error(truth, known));
        Assert.InRange(Error(found, truth) / Error([.. counts.Zip(sizes, (y, s) => y / s)], truth), 0, 0.9);
        Assert.InRange(Error(found, truth) / Error(means, truth), 0, 0.9);
    }

    [Fact]
    public void Mean_and_variance_of_the_posterior_are_worked_out_by_hand()
    {
        // Shape 2 and rate 1 for a mean of 2: (3 + 2) / (0.5 + 1) and that over 1.5.
        var prior = new GammaPrior(PriorSpread.ConstantVariance, 2, 0);
        Assert.Equal((2, 1), (prior.Shape(2), prior.Rate(2)));
        Assert.Equal(10.0 / 3, prior.PosteriorMean(3, 0.5, 2), 1e-12);
        Assert.Equal(20.0 / 9, prior.PosteriorVariance(3, 0.5, 2), 1e-12);
        Assert.Equal((2, 1), (new GammaPrior(PriorSpread.ConstantFanoFactor, 1, 0).Shape(2), new GammaPrior(PriorSpread.ConstantFanoFactor, 1, 0).Rate(2)));
        Assert.Equal((2, 1), (new GammaPrior(PriorSpread.ConstantCoefficientOfVariation, 0.5, 0).Shape(2), new GammaPrior(PriorSpread.ConstantCoefficientOfVariation, 0.5, 0).Rate(2)));
    }

    [Theory]
    [InlineData(PriorSpread.ConstantCoefficientOfVariation)]
    [InlineData(PriorSpread.ConstantFanoFactor)]
    [InlineData(PriorSpread.ConstantVariance)]
    public void The_fit_is_the_top_of_the_negative_binomial_likelihood(PriorSpread spread)
    {
        var (counts, sizes, means, _) = Simulate(PriorSpread.ConstantCoefficientOfVariation, 0.7, seed: 3);
        var prior = GammaPrior.Fit(spread, counts, sizes, means);
        var top = Likelihood(prior.Dispersion);
        Assert.True(top >= Likelihood(prior.Dispersion * 1.02) && top >= Likelihood(prior.Dispersion / 1.02));
        // the differences of the reported likelihoods are those of the whole likelihood
        var other = GammaPrior.Fit(PriorSpread.ConstantFanoFactor, counts, sizes, means);
        Assert.Equal(top - Whole(other), prior.LogLikelihood - other.LogLikelihood, 1e-5);

        double Likelihood(double dispersion) => Whole(new GammaPrior(spread, dispersion, 0));
        double Whole(GammaPrior p) => Enumerable.Range(0, Cells).Sum(c =>
        {
            var (shape, rate) = (p.Shape(means[c]), p.Rate(means[c]));
            return SpecialFunctions.GammaLn(counts[c] + shape) - SpecialFunctions.GammaLn(shape) - SpecialFunctions.GammaLn(counts[c] + 1)
                + shape * Math.Log(rate / (rate + sizes[c])) + counts[c] * Math.Log(sizes[c] / (rate + sizes[c]));
        });
    }

    [Fact]
    public void Counts_that_the_prediction_explains_are_replaced_by_it()
    {
        var random = new Random(4);
        double[] means = [.. Enumerable.Range(0, Cells).Select(c => 1.0 + c % 7)];
        double[] sizes = [.. Enumerable.Repeat(1.0, Cells)];
        double[] counts = [.. means.Select(m => (double)Poisson.Sample(random, m))];
        var prior = GammaPrior.Fit(counts, sizes, means);
        Assert.All(Enumerable.Range(0, Cells), c => Assert.Equal(means[c], prior.PosteriorMean(counts[c], 1, means[c]), 0.1 * means[c]));
    }

    private static (double[] Counts, double[] Sizes, double[] Means, double[] Truth) Simulate(PriorSpread spread, double dispersion, int seed)
    {
        var random = new Random(seed);
        var kind = new GammaPrior(spread, dispersion, 0);
        double[] means = [.. Enumerable.Range(0, Cells).Select(_ => Math.Exp(Normal.Sample(random, 1, 0.8)))];
        double[] sizes = [.. Enumerable.Range(0, Cells).Select(_ => 0.5 + random.NextDouble())];
        double[] truth = [.. means.Select(m => Gamma.Sample(random, kind.Shape(m), kind.Rate(m)))];
        return ([.. truth.Zip(sizes, (t, s) => (double)Poisson.Sample(random, t * s))], sizes, means, truth);
    }

    private static double Error(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Average();
}
