using ScFm.Model.Metrics;
using ScFm.Model.Regression;

namespace ScFm.Model.Tasks.Perturbations;

/// <summary>How two perturbations act together: the change under both fitted by the changes under each, c1 first + c2 second.</summary>
/// <remarks>
/// The fit is Theil and Sen's through all pairs of genes, without intercept, which few genes of another kind hardly move. The scores are those of Norman et al., Science 365 (2019), as
/// GEARS computes them (Roohani et al. 2024).
/// </remarks>
/// <param name="First">c1: how much of the first perturbation's change is found under both.</param>
/// <param name="Second">c2: how much of the second's.</param>
/// <param name="Fit">Correlation of the fitted change with the change under both; low where both together do something that neither does alone.</param>
/// <param name="Model">Distance correlation of the two changes together with the change under both.</param>
/// <param name="Similarity">Distance correlation of the two changes; high where both do the same, so that one is redundant.</param>
/// <param name="Equality">The smaller of the two changes' distance correlations with the change under both over the greater; low where one masks the other (epistasis).</param>
public sealed record GeneticInteraction(double First, double Second, double Fit, double Model, double Similarity, double Equality)
{
    /// <summary>√(c1² + c2²): √2 where effects add up, more where they are stronger together (synergy), less where they are weaker (suppression).</summary>
    public double Magnitude => Math.Sqrt(First * First + Second * Second);

    /// <summary>|log10 |c1 / c2||: how much more one counts than the other.</summary>
    public double Dominance => Math.Abs(Math.Log10(Math.Abs(First / Second)));

    /// <summary>Fits the change under both.</summary>
    /// <param name="first">The change under the first alone, one value a gene.</param>
    /// <param name="second">The change under the second alone.</param>
    /// <param name="both">The change under both.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are fewer than two genes.</exception>
    public static GeneticInteraction Of(double[] first, double[] second, double[] both)
    {
        if (first.Length != both.Length || second.Length != both.Length || both.Length < 2)
        {
            throw new ArgumentException($"The changes have {first.Length}, {second.Length} and {both.Length} values; expected as many of each, one a gene, 2 or more.");
        }
        var singles = new Points(both.Length, 2, [.. first.Zip(second).SelectMany(pair => (double[])[pair.First, pair.Second])]);
        var (c1, c2) = TheilSenPlane.Fit(singles, both);
        double[] fitted = [.. first.Zip(second, (one, other) => c1 * one + c2 * other)];
        Points one = new(first.Length, 1, first), other = new(second.Length, 1, second), together = new(both.Length, 1, both);
        var (ofFirst, ofSecond) = (DistanceCorrelation.Of(one, together), DistanceCorrelation.Of(other, together));
        return new GeneticInteraction(
            c1, c2, Correlation.Pearson<double>(fitted, both).Coefficient, DistanceCorrelation.Of(singles, together), DistanceCorrelation.Of(one, other),
            Math.Min(ofFirst, ofSecond) / Math.Max(ofFirst, ofSecond));
    }
}
