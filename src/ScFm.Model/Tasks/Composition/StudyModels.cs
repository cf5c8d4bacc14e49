using System.Text.Json;
using ScFm.Model.Models.ScVi;

namespace ScFm.Model.Tasks.Composition;

/// <summary>The kinds of models that a plan may name, and what they are compared with.</summary>
public static class StudyModels
{
    private static readonly IReadOnlyDictionary<string, (string Name, Func<string, PlannedModel, IStudyModel> Make)> known = new Dictionary<string, (string, Func<string, PlannedModel, IStudyModel>)>
    {
        ["ldvae"] = ("LDVAE", (name, plan) => new ScViStudyModel(name, Options(plan, ScViOptions.Paper))),
        ["scvi"] = ("scVI", (name, plan) => new ScViStudyModel(name, Options(plan, new ScViOptions()))),
        ["geneformer"] = ("Geneformer", (name, plan) => new GeneformerStudyModel(name, Geneformer(plan))),
    };

    /// <summary>The kinds, such as ldvae.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. known.Keys];

    /// <summary>The models of a plan.</summary>
    /// <exception cref="ArgumentException">There is no such kind, or an option is unknown or out of range; the message names the plan's field.</exception>
    internal static IReadOnlyList<IStudyModel> Of(CompositionPlan plan) => [.. plan.Models.Select((model, i) => Make(model, $"models[{i}]"))];

    /// <summary>What the models have to beat: both means, Geneformer's mean ranks, and as many principal components as they have latent variables.</summary>
    internal static IReadOnlyList<IStudyModel> Baselines(IReadOnlyList<IStudyModel> models) =>
    [
        ProfileModel.OfTraining, ProfileModel.OfEvaluation,
        .. models.OfType<GeneformerStudyModel>().Select(model => model.MeanRanks),
        .. models.OfType<ScViStudyModel>().Select(model => model.Latent).Distinct().Select(latent => new PcaStudyModel(latent)),
    ];

    private static IStudyModel Make(PlannedModel plan, string field)
    {
        if (!known.TryGetValue(plan.Kind, out var kind))
        {
            throw new ArgumentException($"{field}.kind is '{plan.Kind}', which is no kind of model; expected one of {string.Join(", ", Kinds)}.");
        }
        try
        {
            return kind.Make(plan.Name ?? kind.Name, plan);
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"{field}.options: {PlanJson.Sentence(error)}", error);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"{field}.options: {error.Message}", error);
        }
    }

    private static ScViOptions Options(PlannedModel plan, ScViOptions preset)
    {
        var options = PlanJson.Changed(preset, plan.Options);
        Model.Options.Validate(options.Config);
        return Model.Options.Validate(options);
    }

    private static GeneformerPlan Geneformer(PlannedModel plan)
    {
        var changed = PlanJson.Changed(new GeneformerPlan(), plan.Options);
        changed.For(seed: 0).Validated();
        return changed;
    }
}
