using System.Globalization;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tasks.Perturbations;

public sealed partial record PerturbationStudy
{
    /// <summary>What the numbers say, whoever wins: by kind of question the best method, and whether each that learns beats the best baseline.</summary>
    public IEnumerable<string> Findings() => [.. Kinds.SelectMany(Best), .. Kinds.SelectMany(BesideBaselines), .. OfUncertainty()];

    /// <summary>A comparison in words: the difference with its 95% interval, and whether that leaves out 0.</summary>
    /// <param name="kind">The kind of question.</param>
    /// <param name="method">The method.</param>
    /// <param name="other">The method it is compared with.</param>
    /// <param name="measure">What is compared.</param>
    /// <exception cref="KeyNotFoundException">The study has no such method.</exception>
    internal string Verdict(string kind, string method, string other, Measure<PerturbationScore> measure)
    {
        var difference = Difference(kind, method, other, measure);
        if (difference is { Mean: 0, HalfWidth: 0 or double.NaN })
        {
            return "the same";
        }
        var sign = difference.Mean > 0 ? "+" : "";
        return $"{sign}{difference.ToString(measure.Format)}: {(!difference.IsClear ? "no clear difference" : difference.Mean < 0 == measure.LowerIsBetter ? "better" : "worse")}";
    }

    /// <summary>The method with the best mean of a measure.</summary>
    /// <param name="kind">The kind of question.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="among">Methods to choose from. Default: all.</param>
    internal string Best(string kind, Measure<PerturbationScore> measure, IEnumerable<string>? among = null) =>
        (among ?? Methods).MinBy(method => (measure.LowerIsBetter ? 1 : -1) * Interval(kind, method, measure).Mean)!;

    private IEnumerable<string> Best(string kind)
    {
        foreach (var measure in new[] { PerturbationMeasures.MseTop, PerturbationMeasures.PearsonDelta })
        {
            var best = Best(kind, measure);
            var next = Methods.Where(method => method != best).ToArray() is { Length: > 0 } others ? Best(kind, measure, others) : null;
            var beside = next is null ? "" : $"; next is {next}, {Value(kind, next, measure)} ({Verdict(kind, best, next, measure)})";
            yield return $"{Sentence(kind)}: {best} has the {(measure.LowerIsBetter ? "lowest" : "highest")} {measure.Name}, {Value(kind, best, measure)}{beside}.";
        }
    }

    private IEnumerable<string> BesideBaselines(string kind)
    {
        if (Baselines.Count == 0)
        {
            yield break;
        }
        foreach (var method in Learners)
        {
            yield return $"{Sentence(kind)}: {method} beside the best of {string.Join(", ", Baselines)}: " + string.Join("; ", new[] { PerturbationMeasures.MseTop, PerturbationMeasures.PearsonDelta }
                .Select(measure => (measure, baseline: Best(kind, measure, Baselines)))
                .Select(one => $"{one.measure.Name} {Value(kind, method, one.measure)}, of {one.baseline} {Value(kind, one.baseline, one.measure)} ({Verdict(kind, method, one.baseline, one.measure)})")) + ".";
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

    private string Value(string kind, string method, Measure<PerturbationScore> measure) => Interval(kind, method, measure).ToString(measure.Format);

    private static string Sentence(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..];
}
