using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>A way of annotating cells that a plan compares; in a plan's file <c>"logistic"</c>, or <c>{ "kind": "scbert", "name": "scBERT, not pretrained", "options": { ... } }</c>.</summary>
/// <param name="Kind">One of <see cref="AnnotatorNames.Kinds"/>.</param>
[JsonConverter(typeof(PlannedMethodConverter))]
public sealed record PlannedMethod(string Kind)
{
    /// <summary>The name that tables and figures show. Default: the annotator's own.</summary>
    public string? Name { get; init; }

    /// <summary>What differs from the defaults: properties of the kind's options record, such as <c>{ "epochs": 60 }</c>. Default: nothing.</summary>
    public JsonElement? Options { get; init; }
}
