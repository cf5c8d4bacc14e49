using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>A way of annotating cells that a plan compares; in a plan's file <c>"logistic"</c>, or <c>{ "kind": "scbert", "name": "scBERT, not pretrained", "options": { ... } }</c>.</summary>
/// <param name="Kind">One of <see cref="AnnotatorNames.Kinds"/>.</param>
[JsonConverter(typeof(PlannedMethodConverter))]
public sealed record PlannedMethod(string Kind)
{
    /// <summary>The name that tables and figures show. Default: the annotator's own.</summary>
    public string? Name { get; init; }

    /// <summary>What differs from the defaults: the kind's own options, such as <c>{ "tuning": { "epochs": 60 } }</c> of scbert. Default: nothing.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>The same method, which keeps models that it pretrains in a folder, unless it says another.</summary>
    /// <param name="folder">The folder; null changes nothing.</param>
    internal PlannedMethod Keeping(string? folder)
    {
        var options = Options is { ValueKind: JsonValueKind.Object } own ? JsonObject.Create(own)! : [];
        if (folder is null || !AnnotatorNames.PathsOf(Kind).Contains(AnnotatorNames.FolderOption) || options.Any(option => string.Equals(option.Key, AnnotatorNames.FolderOption, StringComparison.OrdinalIgnoreCase)))
        {
            return this;
        }
        options[AnnotatorNames.FolderOption] = folder;
        return this with { Options = JsonSerializer.SerializeToElement(options) };
    }

    /// <summary>The same method with other paths in its options, such as that of a model.</summary>
    /// <param name="change">Gives the new path of an old one.</param>
    internal PlannedMethod WithPaths(Func<string, string> change)
    {
        if (Options is not { ValueKind: JsonValueKind.Object } own)
        {
            return this;
        }
        var options = JsonObject.Create(own)!;
        foreach (var name in AnnotatorNames.PathsOf(Kind))
        {
            if (options.FirstOrDefault(option => string.Equals(option.Key, name, StringComparison.OrdinalIgnoreCase)) is { Key: { } key, Value: JsonValue value } && value.TryGetValue<string>(out var path))
            {
                options[key] = change(path);
            }
        }
        return this with { Options = JsonSerializer.SerializeToElement(options) };
    }
}
