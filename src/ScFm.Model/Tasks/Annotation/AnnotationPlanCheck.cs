using ScFm.Model.Tasks.Composition;
using static ScFm.Model.Tasks.PlanRules;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>Finds what cannot be in a plan without looking at any cell.</summary>
internal static class AnnotationPlanCheck
{
    /// <summary>Returns the plan where its names and numbers fit together.</summary>
    /// <exception cref="ArgumentException">Something does not; the message names the plan's field.</exception>
    internal static AnnotationPlan Require(AnnotationPlan plan)
    {
        Options.Validate(plan);
        Named("cells", plan.Cells);
        Expect(plan.Label.Length > 0, "label is empty; expected a column of obs");
        Present("unlabelled", plan.Unlabelled);
        Expect(plan.Unlabelled.All(path => path.Length > 0), "unlabelled has one without a name");
        var twice = plan.Cells.Concat(plan.Unlabelled).GroupBy(Path.GetFullPath).FirstOrDefault(paths => paths.Count() > 1);
        Expect(twice is null, $"cells and unlabelled name '{twice?.First()}' {twice?.Count()} times; expected each file or folder once: its cells would be learnt from and tested on");
        PlanCheck.Require("only", plan.Only);
        Require(plan.Split);
        for (var i = 0; i < plan.Fractions.Count; i++)
        {
            Expect(plan.Fractions[i] is > 0 and <= 1, FormattableString.Invariant($"fractions[{i}] is {plan.Fractions[i]}; expected above 0 to 1: nothing is learnt from no labels"));
        }
        Expect(plan.Fractions.Count > 0, "fractions is empty; expected at least one");
        Expect(plan.Fractions.Distinct().Count() == plan.Fractions.Count, "fractions names one twice; expected each once");
        Expect(plan.Pair is null || (plan.Pair.Count == 2 && plan.Pair[0] != plan.Pair[1]), $"pair has {plan.Pair?.Count} types; expected two different ones");
        Present("methods", plan.Methods);
        string[] methods = [.. StudiedAnnotator.All(plan).Select(method => method.Name)];
        Named("methods", methods);
        Different("methods", methods);
        Expect(plan.Reference is null || methods.Contains(plan.Reference), $"reference is '{plan.Reference}', which is no method; expected one of {string.Join(", ", methods)}");
        for (var i = 0; i < plan.Contrasts.Count; i++)
        {
            var pair = plan.Contrasts[i] ?? [];
            Expect(pair.Count == 2, $"contrasts[{i}] has {pair.Count} methods; expected two");
            Expect(pair.All(methods.Contains), $"contrasts[{i}] names '{pair.FirstOrDefault(name => !methods.Contains(name))}', which is no method; expected one of {string.Join(", ", methods)}");
        }
        Present("sensitivity", plan.Sensitivity);
        for (var i = 0; i < plan.Sensitivity.Count; i++)
        {
            Require(plan, plan.Sensitivity[i], $"sensitivity[{i}]", methods);
        }
        return plan;
    }

    private static void Require(AnnotationSplit split)
    {
        Ranges("split", split);
        Expect(split is not { Column: not null, Groups: not null }, "split has column and groups; expected one of them");
        Expect(split is not { Groups: null, TestGroups: not null }, "split has testGroups but no groups; expected the column that they are of");
        Expect(split.Column is not "" && split.Groups is not "", "split names an empty column; expected a column of obs");
        Expect(split.TestGroups is null or { Count: > 0 }, "split.testGroups is empty; expected at least one");
        Expect(!split.Anew || (split.Column is null && split.TestGroups is null), "split.anew is true, but the split is given; expected one that is drawn");
    }

    private static void Require(AnnotationPlan plan, PlannedSensitivity one, string field, string[] methods)
    {
        Ranges(field, one);
        Expect(methods.Contains(one.Method), $"{field}.method is '{one.Method}', which is no method; expected one of {string.Join(", ", methods)}");
        Expect(one.Option.Length > 0, $"{field}.option is empty; expected a property of the method's options");
        Expect(one.Values.Count > 0, $"{field}.values is empty; expected at least one");
        var method = plan.Methods[Array.IndexOf(methods, one.Method)];
        foreach (var value in one.Values)
        {
            StudiedAnnotator.Of(one.With(method, value), field);
        }
    }
}
