using MathNet.Numerics.Distributions;
using ScFm.Model.Models.ScVi;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScVi;

/// <summary>Probabilities of counts and their gradients, beside the reference's in double and single precision.</summary>
public sealed class CountDistributionTests
{
    private const double Double = 1e-9;
    private const double Single = 2e-6;

    public static TheoryData<string> Grids => Golden.Cases("nb_distributions*", "f64.log_nb");

    [Theory]
    [MemberData(nameof(Grids))]
    public void In_double_precision_probabilities_and_gradients_are_the_reference_s(string name)
    {
        foreach (var (what, found, expected) in Compare(Golden.Read(name), "f64", float64))
        {
            Assert.All(found.Zip(expected), p => Assert.True(Math.Abs(p.First - p.Second) <= Double * Math.Max(1, Math.Abs(p.Second)), $"{what}: {p.First}, expected {p.Second}"));
        }
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void In_single_precision_they_are_as_near_to_the_double_ones_as_the_reference_s(string name)
    {
        var golden = Golden.Read(name);
        foreach (var (what, found, expected) in Compare(golden, "f64", float32))
        {
            var reference = golden["f32." + what].to(float64).data<double>().ToArray();
            for (var i = 0; i < found.Length; i++)
            {
                var allowed = Math.Max(Single * Math.Max(1, Math.Abs(expected[i])), 2 * Math.Abs(reference[i] - expected[i]));
                Assert.True(Math.Abs(found[i] - expected[i]) <= allowed, $"{what}[{i}]: {found[i]}, expected {expected[i]} within {allowed}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void The_divergence_of_two_normal_distributions_is_the_reference_s(string name)
    {
        var golden = Golden.Read(name);
        var (q, p) = (golden["kl.q"], golden["kl.p"]);
        var found = new Gaussian(q[0], q[1].square()).DivergenceFrom(p[0], p[1].square());
        Assert.True(Golden.LargestDifference(found, golden["kl.value"]) <= 1e-6);
        var standard = new Gaussian(q[0], q[1].square());
        Assert.True(Golden.LargestDifference(standard.DivergenceFromStandard(), standard.DivergenceFrom(zeros(3), ones(3))) <= 1e-6);
    }

    [Fact]
    public void Poisson_probabilities_are_those_of_the_definition()
    {
        double[] rates = [0.01, 0.5, 3, 40, 1000];
        int[] counts = [0, 1, 5, 44, 960];
        var (x, rate) = (tensor(Array.ConvertAll(counts, c => (double)c)), tensor(rates));
        var found = SingleCounts.Distribution(CountLikelihood.Poisson, rate, ones_like(rate), null).LogProbability(SingleCounts.Batch(x)).data<double>().ToArray();
        for (var i = 0; i < counts.Length; i++)
        {
            Assert.Equal(new Poisson(rates[i]).ProbabilityLn(counts[i]), found[i], 1e-5);
        }
    }

    /// <summary>Probabilities, their gradients and the mean: found and expected.</summary>
    private static IEnumerable<(string What, double[] Found, double[] Expected)> Compare(Golden golden, string column, ScalarType type)
    {
        Tensor Leaf(string name) => golden[name].to(type).clone().detach().requires_grad_(true);
        foreach (var (function, likelihood) in new[] { ("log_nb", CountLikelihood.NegativeBinomial), ("log_zinb", CountLikelihood.ZeroInflatedNegativeBinomial) })
        {
            var (rate, dispersion, logits) = (Leaf("mu"), Leaf("theta"), Leaf("zi_logits"));
            var inflated = likelihood == CountLikelihood.ZeroInflatedNegativeBinomial;
            var counts = SingleCounts.Distribution(likelihood, rate, dispersion, inflated ? logits : null);
            var found = counts.LogProbability(SingleCounts.Batch(golden["x"].to(type)));
            found.sum().backward();
            yield return Pair(function, found);
            yield return Pair(function + "_dmu", rate.grad!);
            yield return Pair(function + "_dtheta", dispersion.grad!);
            if (inflated)
            {
                yield return Pair(function + "_dzi", logits.grad!);
                yield return Pair("zinb_mean", counts.Mean);
            }
        }

        (string What, double[] Found, double[] Expected) Pair(string what, Tensor found) =>
            (what, found.detach().flatten().to(float64).data<double>().ToArray(), golden[$"{column}.{what}"].to(float64).data<double>().ToArray());
    }
}
