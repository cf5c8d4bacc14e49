using System.Text.Json;
using System.Text.Json.Nodes;
using ScFm.Model.Models.ScVi;

namespace ScFm.Model.Tasks.Composition;

/// <summary>The kinds of models that a plan may name, and what they are compared with.</summary>
public static class StudyModels
{
    private static readonly IReadOnlyDictionary<string, (string Name, Func<string, PlannedModel, IStudyModel> Make)> known = new Dictionary<string, (string, Func<string, PlannedModel, IStudyModel>)>
    {
        ["ldvae"] = ("LDVAE", (name, plan) => new ScViStudyModel(name, Options(plan, ScViOptions.Paper))),
        ["scvi"] = ("scVI", (name, plan) => new ScViStudyModel(name, Options(plan, new ScViOptions()))),
    };

    /// <summary>The kinds, such as ldvae.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. known.Keys];

    /// <summary>The models of a plan.</summary>
    /// <exception cref="ArgumentException">There is no such kind, or an option is unknown or out of range; the message names the plan's field.</exception>
    internal static IReadOnlyList<IStudyModel> Of(CompositionPlan plan) => [.. plan.Models.Select((model, i) => Make(model, $"models[{i}]"))];

    /// <summary>What the models have to beat: both means, and as many principal components as they have latent variables.</summary>
    internal static IReadOnlyList<IStudyModel> Baselines(IReadOnlyList<IStudyModel> models) =>
    [
        ProfileModel.OfTraining, ProfileModel.OfEvaluation,
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
        var options = Changed(preset, plan.Options);
        Model.Options.Validate(options.Config);
        return Model.Options.Validate(options);
    }

    /// <summary>A record with some properties changed by JSON, those of records in it too.</summary>
    private static T Changed<T>(T preset, JsonElement? changes)
    {
        if (changes is not { } given)
        {
            return preset;
        }
        var merged = JsonSerializer.SerializeToNode(preset, PlanJson.Options)!.AsObject();
        Merge(merged, JsonObject.Create(given) ?? throw new JsonException("it is no object of options"));
        return merged.Deserialize<T>(PlanJson.Options)!;
    }

    private static void Merge(JsonObject into, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is JsonObject inner && into[name] is JsonObject outer)
            {
                Merge(outer, inner);
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }
}
