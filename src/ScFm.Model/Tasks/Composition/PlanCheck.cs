using ScFm.Model.Corpora;
using static ScFm.Model.Tasks.PlanRules;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Finds what cannot be in a plan without looking at any cell.</summary>
internal static class PlanCheck
{
    private const int LeastCells = 3; // as a VAE needs

    /// <summary>Returns the plan where its names and numbers fit together.</summary>
    /// <exception cref="ArgumentException">Something does not; the message names the plan's field.</exception>
    internal static CompositionPlan Require(CompositionPlan plan)
    {
        Options.Validate(plan);
        Expect(plan.Sets.Count > 0, "sets is empty; expected at least one");
        Present("sets", plan.Sets.Values);
        Present("trainings", plan.Trainings);
        Present("evaluations", plan.Evaluations);
        Present("models", plan.Models);
        foreach (var (name, set) in plan.Sets)
        {
            Expect(set.Paths.Count > 0, $"sets.{name}.paths is empty; expected at least one file or folder");
            Require($"sets.{name}.only", set.Only);
        }
        Named("trainings", plan.Trainings.Select(training => training.Name));
        Different("trainings", plan.Trainings.Where(training => training.LeaveOneOut is null).Select(training => training.Name));
        for (var i = 0; i < plan.Trainings.Count; i++)
        {
            Require(plan, plan.Trainings[i], $"trainings[{i}]");
        }
        // Which trainings leave one out in turn is known with the cells; the plan with all of them is looked at again.
        Expect(plan.Trainings.Any(training => training.LeaveOneOut is not null || training.Name == plan.BaselineName),
            $"baseline is '{plan.Baseline}', which is no training; expected one of {string.Join(", ", plan.Trainings.Select(training => training.Name))}");
        Named("evaluations", plan.Evaluations.Select(evaluation => evaluation.Name));
        Different("evaluations", plan.Evaluations.Where(evaluation => evaluation.LeftOut is null).Select(evaluation => evaluation.Name));
        for (var i = 0; i < plan.Evaluations.Count; i++)
        {
            Require(plan, plan.Evaluations[i], $"evaluations[{i}]");
        }
        var models = StudyModels.Of(plan).Select(model => model.Name).ToList();
        Named("models", models);
        Different("models", models);
        return plan;
    }

    private static void Require(CompositionPlan plan, PlannedTraining training, string field)
    {
        Expect(training.Mix.Count > 0, $"{field}.mix is empty; expected at least one set");
        Present(field + ".mix", training.Mix);
        for (var j = 0; j < training.Mix.Count; j++)
        {
            KnownSet(plan, training.Mix[j].Set, $"{field}.mix[{j}]");
            Expect(training.Mix[j].Cells is not < 1, $"{field}.mix[{j}] asks for {training.Mix[j].Cells} cells; expected 1 or more");
        }
        Expect(training.Mix.Any(part => part.Cells is null) || training.Mix.Sum(part => (long)part.Cells!) >= LeastCells,
            $"{field}.mix asks for {training.Mix.Sum(part => (long?)part.Cells)} cells in all; expected at least {LeastCells}");
        Require($"{field}.holdOut", training.HoldOut);
        Expect(training.LeaveOneOut is not "", $"{field}.leaveOneOut is empty; expected a column of obs");
        Expect(training is not { LeaveOneOut: not null, HoldOut: not null }, $"{field} has holdOut and leaveOneOut; expected one of them");
    }

    private static void Require(CompositionPlan plan, PlannedEvaluation evaluation, string field)
    {
        KnownSet(plan, evaluation.Set, field + ".set");
        Require(field + ".only", evaluation.Only);
        Ranges(field, evaluation);
        Expect(evaluation is not { LeftOut: not null, Only: not null }, $"{field} has only and leftOut; expected one of them");
        Expect(evaluation.LeftOut is null || plan.Trainings.Any(training => training.LeaveOneOut == evaluation.LeftOut),
            $"{field}.leftOut is '{evaluation.LeftOut}', but no training leaves one of it out; expected the leaveOneOut of a training");
    }

    /// <summary>Returns quietly where a choice names a column, and labels or a list that there is.</summary>
    internal static void Require(string field, CellChoice? choice)
    {
        Expect(choice is null or { Types: null } or { BuiltIn: not null },
            $"{field}.types is '{choice?.Types}', which is no built-in list; expected {string.Join(" or ", HeldOutTypes.BuiltIn.Select(types => types.Name))}");
        Expect(choice is null or { Types: not null } or { Labels.Count: > 0 }, $"{field}.labels is empty; expected at least one, or types");
        Expect(choice is null or { Column.Length: > 0 }, $"{field}.column is empty; expected a column of obs");
    }

    private static void KnownSet(CompositionPlan plan, string set, string field) =>
        Expect(plan.Sets.ContainsKey(set), $"{field} is '{set}', which is no set; expected one of {string.Join(", ", plan.Sets.Keys)}");
}
