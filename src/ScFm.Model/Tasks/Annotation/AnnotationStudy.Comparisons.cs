using System.Globalization;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.Annotation;

public sealed partial record AnnotationStudy
{
    private const double Significant = 0.05;

    private IReadOnlyDictionary<(string, string, string, double), double>? corrected;

    /// <summary>Paired t-test over seeds of how much better one method is than another; of one seed it says nothing.</summary>
    /// <remarks>Where each seed splits anew, the variance is that of splits that overlap (Nadeau and Bengio 2003). P is not corrected; see <see cref="PValue"/>.</remarks>
    /// <param name="method">The method.</param>
    /// <param name="other">What it is compared with.</param>
    /// <param name="measure">What is compared. Default: accuracy.</param>
    /// <param name="fraction">The share of the labels. Default: the largest.</param>
    /// <exception cref="KeyNotFoundException">There is no such method or share.</exception>
    public TTest Compare(string method, string other, Measure<AnnotationOutcome>? measure = null, double? fraction = null) =>
        Of(method, fraction).Against(Of(other, fraction), measure ?? AnnotationMeasures.Accuracy);

    /// <summary>The P of a comparison, corrected for all of the study: every method beside every other by every measure at every share of the labels.</summary>
    /// <remarks>The smallest rate of false discoveries at which it would be called one (Benjamini and Hochberg 1995).</remarks>
    /// <param name="method">The method.</param>
    /// <param name="other">What it is compared with.</param>
    /// <param name="measure">One of <see cref="Measures"/>. Default: accuracy.</param>
    /// <param name="fraction">The share of the labels. Default: the largest.</param>
    /// <returns>0 to 1; NaN where there is no spread over seeds to judge by.</returns>
    /// <exception cref="KeyNotFoundException">There is no such method, share or measure.</exception>
    public double PValue(string method, string other, Measure<AnnotationOutcome>? measure = null, double? fraction = null)
    {
        corrected ??= Corrected();
        var (name, share) = ((measure ?? AnnotationMeasures.Accuracy).Name, fraction ?? Fractions[^1]);
        return corrected.TryGetValue((method, other, name, share), out var p) || corrected.TryGetValue((other, method, name, share), out p)
            ? p
            : throw new KeyNotFoundException(FormattableString.Invariant($"The study does not compare {method} with {other} by {name} at {share:0.####} of the labels; it has {string.Join(", ", Methods)} and {string.Join(", ", Measures.Select(known => known.Name))}."));
    }

    /// <summary>A comparison in words: the difference with its 95% interval over seeds, the corrected P, and whether that is below 0.05.</summary>
    /// <inheritdoc cref="PValue" path="/param"/>
    /// <inheritdoc cref="PValue" path="/exception"/>
    public string Verdict(string method, string other, Measure<AnnotationOutcome>? measure = null, double? fraction = null)
    {
        var test = Compare(method, other, measure, fraction);
        var (mean, half) = (test.Difference, test.HalfWidth);
        if (double.IsNaN(mean))
        {
            return "not scored in any seed";
        }
        if (double.IsNaN(half))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{mean:+0.000;-0.000;0.000}, one seed: no spread to judge by");
        }
        if (half == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{mean:+0.000;-0.000;0.000} in every seed: {(mean > 0 ? "better" : mean < 0 ? "worse" : "no difference")}, with no spread to judge by");
        }
        var p = PValue(method, other, measure, fraction);
        return string.Create(CultureInfo.InvariantCulture, $"{mean:+0.000;-0.000;0.000} ± {half:F3}, P = {p:G2}: {(p >= Significant ? "no clear difference" : mean > 0 ? "better" : "worse")}");
    }

    private Dictionary<(string, string, string, double), double> Corrected()
    {
        var all = (from fraction in Fractions
                   from measure in Measures
                   from i in Enumerable.Range(0, Methods.Count)
                   from j in Enumerable.Range(0, i)
                   select (Key: (Methods[i], Methods[j], measure.Name, fraction), Test: Compare(Methods[i], Methods[j], measure, fraction))).ToArray();
        // What does not vary has no chance that could be computed, and takes no part.
        var p = FalseDiscovery.BenjaminiHochberg(Array.ConvertAll(all, one => one.Test.StandardError > 0 ? one.Test.PValue : double.NaN));
        return all.Zip(p).ToDictionary(one => one.First.Key, one => one.Second);
    }
}
