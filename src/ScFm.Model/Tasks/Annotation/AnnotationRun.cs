namespace ScFm.Model.Tasks.Annotation;

/// <summary>One fit of a comparison.</summary>
/// <param name="Method">The method.</param>
/// <param name="Fraction">The share of the labels.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Option">The option that is looked at; null in the comparison itself.</param>
/// <param name="Value">Its value, as JSON has it.</param>
internal sealed record AnnotationRun(StudiedAnnotator Method, double Fraction, int Seed, string? Option = null, string? Value = null)
{
    /// <summary>All runs of a plan, the seeds outermost: a study that is stopped has whole comparisons.</summary>
    internal static IReadOnlyList<AnnotationRun> All(AnnotationPlan plan)
    {
        var methods = StudiedAnnotator.All(plan);
        var compared = from seed in Enumerable.Range(0, plan.Seeds)
                       from fraction in plan.Fractions
                       from method in methods
                       select new AnnotationRun(method, fraction, seed);
        var looked = plan.Sensitivity.SelectMany((one, i) =>
        {
            var planned = plan.Methods[methods.TakeWhile(method => method.Name != one.Method).Count()];
            return from seed in Enumerable.Range(0, one.Seeds)
                   from value in one.Values
                   let annotator = StudiedAnnotator.Of(one.With(planned, value), $"sensitivity[{i}]").Annotator
                   select new AnnotationRun(new StudiedAnnotator(one.Method, annotator), one.Fraction, seed, one.Option, value.ToString());
        });
        return [.. compared, .. looked];
    }

    /// <summary>Such as "scBERT, 10% of the labels, seed 0".</summary>
    public override string ToString() => FormattableString.Invariant($"{Method.Name}, {(Option is null ? "" : $"{Option} {Value}, ")}{Fraction * 100:0.####}% of the labels, seed {Seed}");
}
