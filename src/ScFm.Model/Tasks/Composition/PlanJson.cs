using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScFm.Model.Tasks.Composition;

/// <summary>How a plan is written as JSON: names in camelCase, nothing that is not known.</summary>
internal static class PlanJson
{
    /// <summary>The serializer's options.</summary>
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>What is wrong and where, without the runtime's type names.</summary>
    internal static string Sentence(JsonException error)
    {
        var where = error.Path is { Length: > 1 } path ? $" at {path.TrimStart('$', '.')}" : "";
        var line = error.LineNumber is { } number ? $" in line {number + 1}" : "";
        var what = error.Message.Split(" Path:")[0].Split(". LineNumber")[0].TrimEnd('.');
        foreach (var type in new[] { typeof(CompositionPlan), typeof(PlannedSet), typeof(PlannedTraining), typeof(PlannedEvaluation), typeof(PlannedModel), typeof(CellChoice) })
        {
            what = what.Replace($".NET type '{type}'", $"a {type.Name}", StringComparison.Ordinal).Replace($"type '{type}'", $"a {type.Name}", StringComparison.Ordinal);
        }
        return $"{what}{where}{line}.";
    }
}
