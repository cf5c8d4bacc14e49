using System.Text.Json;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A kind of model that is trained on every mix.</summary>
/// <param name="Kind">One of <see cref="StudyModels.Kinds"/>.</param>
public sealed record PlannedModel(string Kind)
{
    /// <summary>The name that tables and figures show. Default: the kind's own.</summary>
    public string? Name { get; init; }

    /// <summary>What differs from the preset: the properties of the kind's options record, such as <c>{ "epochs": 60 }</c>. Default: nothing.</summary>
    public JsonElement? Options { get; init; }
}
