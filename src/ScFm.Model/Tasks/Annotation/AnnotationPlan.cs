using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ScFm.Model.Tasks.Composition;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>A comparison of annotators: every method learns from every share of the labels with every seed, and is tested on the same cells.</summary>
/// <remarks>Source of the design: Boiarsky et al. 2023, "A deep dive into single-cell RNA sequencing foundation models".</remarks>
/// <example><code>
/// var plan = AnnotationPlan.Read("plan.json");
/// var study = AnnotationStudy.Run(plan, folder: "annotation");
/// </code></example>
public sealed record AnnotationPlan
{
    /// <summary>What is compared. Default: "Cell types".</summary>
    public string Title { get; init; } = "Cell types";

    /// <summary>The files or folders of the cells, at least one; in a plan's file they, like those in the options of methods, stand relative to that file. Of several, the genes that all have are taken.</summary>
    public required IReadOnlyList<string> Cells { get; init; }

    /// <summary>The column of obs that holds the types; a cell without one is neither learnt from nor tested on, but may be pretrained on. Default: cell_type.</summary>
    public string Label { get; init; } = "cell_type";

    /// <summary>The cells of these that take part. Default: all.</summary>
    public CellChoice? Only { get; init; }

    /// <summary>What the identity of the cells, further ones to pretrain on among them, must be: a report's plan says it, so that other data are not taken for the same. Default: any.</summary>
    public string? Identity { get; init; }

    /// <summary>Further files or folders of cells to pretrain on, whose labels are not looked at; genes that they lack are zero there. Default: none.</summary>
    public IReadOnlyList<string> Unlabelled { get; init; } = [];

    /// <summary>Which cells are tested on.</summary>
    public AnnotationSplit Split { get; init; } = new();

    /// <summary>What is compared, at least one.</summary>
    public IReadOnlyList<PlannedMethod> Methods { get; init; } = [.. AnnotatorNames.Simple.Select(kind => new PlannedMethod(kind))];

    /// <summary>The method that others are tested against, by its name. Default: the first logistic regression, without one the first method.</summary>
    public string? Reference { get; init; }

    /// <summary>Pairs of methods that differ in one thing, such as pretraining: each pair is compared at every share of the labels. Default: none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Contrasts { get; init; } = [];

    /// <summary>Shares of the training labels that methods learn from, each above 0 and at most 1; a smaller share's cells are among a larger one's. Default: 10, 25, 50, 75 and 100%, as published.</summary>
    public IReadOnlyList<double> Fractions { get; init; } = [0.1, 0.25, 0.5, 0.75, 1];

    /// <summary>How many times labels are drawn and methods fitted anew, from seed 0 on. Default: 3; published: 3 to 10.</summary>
    [Range(1, 1000)] public int Seeds { get; init; } = 3;

    /// <summary>Two types that are hard to tell apart, scored on their own. Default: none.</summary>
    public IReadOnlyList<string>? Pair { get; init; }

    /// <summary>Below this probability a cell counts as "unassigned" when it is asked whether types that training lacks are noticed. Default: 0.5, as in scBERT.</summary>
    [Range(0, 1)] public double Threshold { get; init; } = 0.5;

    /// <summary>Largest number of genes: those that vary most among the training cells. Default: all.</summary>
    [Range(2, 1_000_000)] public int? MostGenes { get; init; }

    /// <summary>Options whose influence is looked at. Default: none.</summary>
    public IReadOnlyList<PlannedSensitivity> Sensitivity { get; init; } = [];

    /// <summary>Reads a plan from JSON, or from the report of a comparison, which holds its plan; comments and a comma at the end of a list are allowed.</summary>
    /// <param name="path">The file; paths in it are relative to its folder.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no plan; the message names the field.</exception>
    public static AnnotationPlan Read(string path) => PlanJson.Read(path, Parse);

    /// <summary>Reads a plan from JSON text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="folder">What paths in it are relative to. Default: the working directory.</param>
    /// <exception cref="InvalidDataException">It is no plan; the message names the field.</exception>
    public static AnnotationPlan Parse(string json, string folder = "") =>
        PlanJson.Parse<AnnotationPlan>(OfReport(json) ?? json, plan => AnnotationPlanCheck.Require(plan.WithPaths(path => Path.Combine(folder, path))));

    /// <summary>The plan as JSON, with all defaults written out.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PlanJson.Options);

    /// <summary>The same plan with other paths, those in the options of methods too.</summary>
    /// <param name="change">Gives the new path of an old one.</param>
    public AnnotationPlan WithPaths(Func<string, string> change)
    {
        // A list of JSON may hold null, of which the check tells.
        string Changed(string path) => string.IsNullOrEmpty(path) ? path : change(path);
        return this with
        {
            Cells = [.. Cells.Select(Changed)],
            Unlabelled = [.. Unlabelled.Select(Changed)],
            Methods = [.. Methods.Select(method => method is null ? method! : method.WithPaths(Changed))],
        };
    }

    /// <summary>The plan's text in a report; null where the text is something else, which the parser tells about.</summary>
    private static string? OfReport(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("plan", out var plan) ? plan.GetRawText() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
