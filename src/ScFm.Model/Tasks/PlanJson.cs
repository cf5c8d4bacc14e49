using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ScFm.Model.Tasks;

/// <summary>How the plan of a study is written as JSON: names in camelCase, nothing that is not known.</summary>
internal static partial class PlanJson
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

    /// <summary>Reads a plan from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parse">Parses its text; the second argument is the folder that paths are relative to.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no plan; the message names the file.</exception>
    internal static T Read<T>(string path, Func<string, string, T> parse)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no plan '{path}'.", path);
        }
        try
        {
            return parse(File.ReadAllText(path), Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}': {error.Message}", error);
        }
    }

    /// <summary>Parses a plan and checks it.</summary>
    /// <param name="json">The text.</param>
    /// <param name="require">Returns the plan, or throws <see cref="ArgumentException"/> where its fields do not fit together.</param>
    /// <exception cref="InvalidDataException">It is no plan; the message names the field.</exception>
    internal static T Parse<T>(string json, Func<T, T> require) where T : class
    {
        try
        {
            return require(JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("it is null"));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"This is no plan: {Sentence(error)}", error);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"This is no plan: {error.Message}", error);
        }
    }

    /// <summary>A record with some properties changed by JSON, those of records in it too.</summary>
    /// <param name="preset">The record.</param>
    /// <param name="changes">What differs, as an object; null changes nothing.</param>
    /// <exception cref="JsonException">A property is unknown or of another kind.</exception>
    internal static T Changed<T>(T preset, JsonElement? changes)
    {
        if (changes is not { } given)
        {
            return preset;
        }
        var merged = JsonSerializer.SerializeToNode(preset, Options)!.AsObject();
        Merge(merged, JsonObject.Create(given) ?? throw new JsonException("it is no object of options"));
        return merged.Deserialize<T>(Options)!;
    }

    /// <summary>Brings the properties of one object into another, those of objects in it too.</summary>
    internal static void Merge(JsonObject into, JsonObject changes)
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

    /// <summary>An object that holds one value, by the names on the way to it.</summary>
    /// <param name="path">Names with dots between, such as training.epochs.</param>
    /// <param name="value">The value.</param>
    internal static JsonObject Nested(string path, JsonNode? value)
    {
        var names = path.Split('.');
        for (var i = names.Length - 1; i > 0; i--)
        {
            value = new JsonObject { [names[i]] = value };
        }
        return new JsonObject { [names[0]] = value };
    }

    /// <summary>What is wrong and where, without the runtime's type names.</summary>
    internal static string Sentence(JsonException error)
    {
        var where = error.Path is { Length: > 1 } path ? $" at {path.TrimStart('$', '.')}" : "";
        var line = error.LineNumber is { } number ? $" in line {number + 1}" : "";
        var what = error.Message.Split(" Path:")[0].Split(". LineNumber")[0].TrimEnd('.');
        return $"{OwnType().Replace(what, "a $1")}{where}{line}.";
    }

    // Such as: .NET type 'ScFm.Model.Tasks.Composition.PlannedSet'
    [GeneratedRegex(@"(?:\.NET )?type 'ScFm\.(?:\w+\.)*(\w+)'")]
    private static partial Regex OwnType();
}
