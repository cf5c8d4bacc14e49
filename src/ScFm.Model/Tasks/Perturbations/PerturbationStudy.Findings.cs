using System.Globalization;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.Perturbations;

public sealed partial record PerturbationStudy
{
    private static readonly string[] simple = [new NoChangeMethod().Name, new MeanEffectMethod().Name, new AdditiveMethod().Name];

    /// <summary>What the numbers say, whoever wins: by kind of question the best method, and whether each that learns beats the best that adds and averages.</summary>
    public IEnumerable<string> Findings() => [.. Kinds.SelectMany(Best), .. Kinds.SelectMany(BesideSimple), .. OfUncertainty()];

    /// <summary>A comparison in words: the difference with its 95% interval, and whether that leaves out 0.</summary>
    /// <param name="kind">The kind of question.</param>
    /// <param name="method">The method.</param>
    /// <param name="other">The method it is compared with.</param>
    /// <param name="measure">What is compared.</param>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    public string Verdict(string kind, string method, string other, PerturbationMeasure measure)
    {
        var difference = Difference(kind, method, other, measure);
        if (difference is { Mean: 0, HalfWidth: 0 or double.NaN })
        {
            return "the same";
        }
        var isClear = !double.IsNaN(difference.HalfWidth) && (difference.Low > 0 || difference.High < 0); // of one group and seed nothing is clear
        var sign = difference.Mean > 0 ? "+" : "";
        return $"{sign}{difference.ToString(measure.Format)}: {(!isClear ? "no clear difference" : difference.Mean < 0 == measure.LeastIsBest ? "better" : "worse")}";
    }

    /// <summary>The method with the best mean of a measure.</summary>
    /// <param name="kind">The kind of question.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="among">Methods to choose from. Default: all.</param>
    public string Best(string kind, PerturbationMeasure measure, IEnumerable<string>? among = null) =>
        (among ?? Methods).MinBy(method => (measure.LeastIsBest ? 1 : -1) * Of(kind, method, measure).Mean)!;

    private IEnumerable<string> Best(string kind)
    {
        foreach (var measure in new[] { PerturbationMeasure.MseTop, PerturbationMeasure.PearsonDelta })
        {
            var best = Best(kind, measure);
            var next = Methods.Where(method => method != best).ToArray() is { Length: > 0 } others ? Best(kind, measure, others) : null;
            var beside = next is null ? "" : $"; next is {next}, {Value(kind, next, measure)} ({Verdict(kind, best, next, measure)})";
            yield return $"{Sentence(kind)}: {best} has the {(measure.LeastIsBest ? "lowest" : "highest")} {measure.Name}, {Value(kind, best, measure)}{beside}.";
        }
    }

    private IEnumerable<string> BesideSimple(string kind)
    {
        string[] rules = [.. Methods.Where(simple.Contains)];
        if (rules.Length == 0)
        {
            yield break;
        }
        foreach (var method in Methods.Except(rules))
        {
            yield return $"{Sentence(kind)}: {method} beside the best of {string.Join(", ", rules)}: " + string.Join("; ", new[] { PerturbationMeasure.MseTop, PerturbationMeasure.PearsonDelta }
                .Select(measure => (measure, rule: Best(kind, measure, rules)))
                .Select(one => $"{one.measure.Name} {Value(kind, method, one.measure)}, of {one.rule} {Value(kind, one.rule, one.measure)} ({Verdict(kind, method, one.rule, one.measure)})")) + ".";
        }
    }

    // A model's own doubt is of use only where it goes with its error. Seeds repeat a group, and kinds differ in both: neither may pass for a relation.
    private IEnumerable<string> OfUncertainty()
    {
        foreach (var method in Methods)
        {
            foreach (var kind in Kinds)
            {
                var doubted = OutcomesOf(method).SelectMany(outcome => outcome.Groups).Where(group => group.Kind == kind && group.Uncertainty is not null).GroupBy(group => (group.Condition, group.Context))
                    .Select(group => (Doubt: group.Average(one => one.Uncertainty!.Value), Error: group.Average(one => one.Score.MseTop))).ToArray();
                if (doubted.Length > 2)
                {
                    var relation = Correlation.Spearman<double>([.. doubted.Select(group => group.Doubt)], [.. doubted.Select(group => group.Error)]);
                    yield return string.Create(CultureInfo.InvariantCulture, $"{Sentence(kind)}: {method}'s own uncertainty and its error over the top 20 genes go together with a rank correlation of {relation.Coefficient:F2} (P = {relation.PValue:G2}, {doubted.Length} perturbations, means over seeds).");
                }
            }
        }
    }

    private string Value(string kind, string method, PerturbationMeasure measure) => Of(kind, method, measure).ToString(measure.Format);

    private static string Sentence(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..];
}
