using System.Globalization;

namespace ScFm.Model.Tasks.Annotation;

public sealed partial record AnnotationStudy
{
    private static readonly string[] learningNothing = ["majority", "centroid"];

    /// <summary>What the numbers say, whoever wins: the best method and how it stands beside the reference, what beats a simple rule, few labels, the pair, the contrasts and the spread of single runs.</summary>
    public IEnumerable<string> Findings() =>
        [.. Best(), .. BesideSimple(), .. FewLabels(), .. OfPair(), .. OfContrasts(), .. OfSpread(), .. Notes];

    private IEnumerable<string> Best()
    {
        foreach (var measure in new[] { AnnotationMeasures.Accuracy, AnnotationMeasures.MacroF1 })
        {
            var best = Methods.Select(method => Of(method)).MaxBy(summary => summary.Of(measure).Mean)!;
            var beside = best.Method == Reference
                ? Methods.Where(method => method != best.Method).Select(method => Of(method)).MaxBy(summary => summary.Of(measure).Mean)
                : Of(Reference);
            var than = beside is null ? "" : $"; beside {beside.Method}, {beside.Of(measure)}: {Verdict(best.Method, beside.Method, measure)}";
            yield return $"With {Share(best.Fraction)} of the labels {best.Method} has the highest {measure.Name}, {best.Of(measure)}{than}.";
        }
    }

    private IEnumerable<string> BesideSimple()
    {
        string[] simple = [.. Methods.Where((_, i) => learningNothing.Contains(Plan.Methods[i].Kind))];
        if (simple.Length == 0)
        {
            yield break;
        }
        var rule = simple.Select(method => Of(method)).MaxBy(summary => summary.Of(AnnotationMeasures.Accuracy).Mean)!;
        foreach (var method in Methods.Except(simple))
        {
            yield return $"{method} beside the better simple rule, {rule.Method} ({rule.Of(AnnotationMeasures.Accuracy)}): accuracy {Verdict(method, rule.Method)}.";
        }
    }

    private IEnumerable<string> FewLabels()
    {
        var few = Fractions[0];
        if (few < Fractions[^1])
        {
            var best = Methods.Select(method => Of(method, few)).MaxBy(summary => summary.Of(AnnotationMeasures.Accuracy).Mean)!;
            yield return $"With {Share(few)} of the labels {best.Method} is the most accurate, {best.Of(AnnotationMeasures.Accuracy)}; from {Share(Fractions[^1])} to {Share(few)} of the labels "
                + string.Join(", ", Methods.Select(method => string.Create(CultureInfo.InvariantCulture, $"{method} loses {Of(method).Of(AnnotationMeasures.Accuracy).Mean - Of(method, few).Of(AnnotationMeasures.Accuracy).Mean:F3}"))) + ".";
        }
    }

    private IEnumerable<string> OfPair()
    {
        if (Plan.Pair is [var a, var b])
        {
            foreach (var measure in Measures.Skip(AnnotationMeasures.All.Count))
            {
                var best = Methods.Select(method => Of(method)).MaxBy(summary => summary.Of(measure).Mean)!;
                yield return $"{a} and {b}, which are hard to tell apart: {best.Method} has the highest {measure.Name}, {best.Of(measure)}{(best.Method == Reference ? "" : $", beside {Reference}: {Verdict(best.Method, Reference, measure)}")}.";
            }
        }
    }

    private IEnumerable<string> OfContrasts() =>
        from contrast in Plan.Contrasts
        from fraction in Fractions.Reverse()
        select $"{contrast[0]} beside {contrast[1]}, {Share(fraction)} of the labels: accuracy {Verdict(contrast[0], contrast[1], AnnotationMeasures.Accuracy, fraction)}; macro-F1 {Verdict(contrast[0], contrast[1], AnnotationMeasures.MacroF1, fraction)}.";

    // The widest gap between neighbouring runs makes runs visible that fall into two groups, which a mean and an interval hide.
    private IEnumerable<string> OfSpread()
    {
        foreach (var asked in Plan.Sensitivity)
        {
            foreach (var (value, runs) in Sensitivity(asked).Where(value => value.Runs.Count > 2))
            {
                double[] scores = [.. runs.Select(AnnotationMeasures.Accuracy.Of).Order()];
                var gap = Enumerable.Range(1, scores.Length - 1).MaxBy(i => scores[i] - scores[i - 1]);
                yield return string.Create(CultureInfo.InvariantCulture, $"{asked.Method} with {asked.Option} {value}: {runs.Count} seeds give ") + (scores[0] == scores[^1]
                    ? string.Create(CultureInfo.InvariantCulture, $"the same accuracy, {scores[0]:F3}.")
                    : string.Create(CultureInfo.InvariantCulture, $"accuracies from {scores[0]:F3} to {scores[^1]:F3}; the widest gap, {scores[gap] - scores[gap - 1]:F3}, has {gap} below and {scores.Length - gap} above."));
            }
        }
    }
}
