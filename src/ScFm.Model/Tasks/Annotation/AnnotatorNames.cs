using System.Text.Json;
using ScFm.Model.Tasks.Annotation.Annotators;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>The annotators that a plan or a verb may name; a new one is one line here.</summary>
public static class AnnotatorNames
{
    private static readonly IReadOnlyDictionary<string, Func<JsonElement?, IAnnotator>> known = new Dictionary<string, Func<JsonElement?, IAnnotator>>
    {
        ["majority"] = options => new MajorityAnnotator().Without(options),
        ["centroid"] = options => new CentroidAnnotator(PlanJson.Changed(new CentroidOptions(), options)),
        ["neighbours"] = options => new NeighbourAnnotator(PlanJson.Changed(new NeighbourAnnotatorOptions(), options)),
        ["logistic"] = options => new LogisticAnnotator(PlanJson.Changed(new LogisticAnnotatorOptions(), options)),
        ["scbert"] = options => PlanJson.Changed(new ScBertPlan(), options).Annotator(),
        ["scgpt"] = options => PlanJson.Changed(new ScGptPlan(), options).Annotator(),
        ["scfoundation"] = options => PlanJson.Changed(new HeadPlan(), options).Annotator(EncoderKind.ScFoundation),
        ["geneformer"] = options => PlanJson.Changed(new HeadPlan(), options).Annotator(EncoderKind.Geneformer),
    };

    /// <summary>The kinds, such as logistic.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. known.Keys];

    /// <summary>Those that take seconds: what anything else has to be compared with.</summary>
    public static IReadOnlyList<string> Simple { get; } = ["majority", "centroid", "logistic"];

    /// <summary>Those that train a network, step by step: what limits a training's memory limits theirs.</summary>
    public static IReadOnlyList<string> Networks { get; } = ["scbert", "scgpt", "scfoundation", "geneformer"];

    /// <summary>The option of a kind that pretrains: the folder where pretrained models are kept.</summary>
    internal const string FolderOption = "folder";

    /// <summary>The options of a kind that are paths of files or folders.</summary>
    internal static IReadOnlyList<string> PathsOf(string kind) => kind switch
    {
        "scbert" => ["model", "vectors", FolderOption],
        "scgpt" or "scfoundation" or "geneformer" => ["model", FolderOption],
        "neighbours" => ["model"],
        _ => [],
    };

    /// <summary>Makes an annotator.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="options">What differs from the defaults, as an object of JSON. Default: nothing.</param>
    /// <exception cref="ArgumentException">There is no such kind, or an option is unknown or out of range.</exception>
    public static IAnnotator Make(string kind, JsonElement? options = null)
    {
        if (!known.TryGetValue(kind, out var make))
        {
            throw new ArgumentException($"'{kind}' is no kind of annotator; expected one of {string.Join(", ", Kinds)}.");
        }
        if (options is { ValueKind: not JsonValueKind.Object } other)
        {
            throw new ArgumentException($"The options of {kind} are {other.GetRawText()}; expected an object, such as {{ \"name\": 1 }}.");
        }
        try
        {
            return make(options);
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"The options of {kind}: {PlanJson.Sentence(error)}", error);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"The options of {kind}: {error.Message}", error);
        }
    }

    /// <summary>An annotator that has nothing to choose.</summary>
    private static IAnnotator Without(this IAnnotator annotator, JsonElement? options) =>
        options is { } given && given.EnumerateObject().Any() ? throw new JsonException($"it has none, such as '{given.EnumerateObject().First().Name}'") : annotator;
}
