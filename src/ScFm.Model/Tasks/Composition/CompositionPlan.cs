using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A study of what training data do to models: every model is trained on every mix with every seed, and scored on every evaluation.</summary>
/// <remarks>Source: Nadig et al. 2025, "Consequences of training data composition for deep learning models in single-cell biology".</remarks>
/// <example><code>
/// var plan = CompositionPlan.Read("plan.json");
/// var study = CompositionStudy.Run(plan, folder: "composition");
/// </code></example>
public sealed record CompositionPlan
{
    /// <summary>What is studied. Default: "Training data".</summary>
    public string Title { get; init; } = "Training data";

    /// <summary>The sets of cells by name.</summary>
    public required IReadOnlyDictionary<string, PlannedSet> Sets { get; init; }

    /// <summary>What is trained on, at least one.</summary>
    public required IReadOnlyList<PlannedTraining> Trainings { get; init; }

    /// <summary>The training that all others are compared with. Default: the first.</summary>
    public string? Baseline { get; init; }

    /// <summary>What is scored, at least one.</summary>
    public required IReadOnlyList<PlannedEvaluation> Evaluations { get; init; }

    /// <summary>What is trained. Default: an LDVAE with the published settings.</summary>
    public IReadOnlyList<PlannedModel> Models { get; init; } = [new("ldvae")];

    /// <summary>How many times trainings are drawn and models are trained anew, from seed 0 on; the scored cells stay the same. Default: 3; published: 5.</summary>
    [Range(1, 1000)] public int Seeds { get; init; } = 3;

    /// <summary>Which cells are set aside. Default: 0.</summary>
    public int EvaluationSeed { get; init; }

    /// <summary>Largest number of genes: those that all sets have and that are highest by the mean over sets, of cells that are not scored where a set has any. Default: all that all sets have.</summary>
    [Range(2, 1_000_000)] public int? MostGenes { get; init; }

    /// <summary>The evaluation's most variable genes, over which a cell's score is computed. Default: 1,000, as published.</summary>
    [Range(2, 1_000_000)] public int VariableGenes { get; init; } = 1000;

    /// <summary>Tables of other names of genes, where sets name them differently. Default: none.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Sets of genes (.gmt) that the loadings of linear models are tested for; at least one has 15 to 500 of the study's genes. Default: none.</summary>
    public string? GeneSets { get; init; }

    /// <summary>The baseline training's name.</summary>
    internal string BaselineName => Baseline ?? Trainings[0].Name;

    /// <summary>Reads a plan from JSON; comments and a comma at the end of a list are allowed.</summary>
    /// <param name="path">The file; paths in it are relative to its folder.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no plan; the message names the field.</exception>
    public static CompositionPlan Read(string path) => PlanJson.Read(path, Parse);

    /// <summary>Reads a plan from JSON text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="folder">What paths in it are relative to. Default: the working directory.</param>
    /// <exception cref="InvalidDataException">It is no plan; the message names the field.</exception>
    public static CompositionPlan Parse(string json, string folder = "") => PlanJson.Parse<CompositionPlan>(json, PlanCheck.Require).In(folder);

    /// <summary>The plan as JSON, with all defaults written out.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PlanJson.Options);

    private CompositionPlan In(string folder) => this with
    {
        Sets = Sets.ToDictionary(set => set.Key, set => set.Value with { Paths = [.. set.Value.Paths.Select(path => Path.Combine(folder, path))] }),
        Aliases = [.. Aliases.Select(path => Path.Combine(folder, path))],
        GeneSets = GeneSets is null ? null : Path.Combine(folder, GeneSets),
    };
}
