using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScFm.Model.Tasks;

/// <summary>Options of a method as a line of text: <c>c=0.1</c>, <c>tuning.epochs=5,pretrain=false</c>, or an object of JSON.</summary>
public static class OptionText
{
    /// <summary>Reads the text.</summary>
    /// <param name="text">Names and values with commas between, a dot for an option within another; or JSON.</param>
    /// <returns>An object, as a plan has it.</returns>
    /// <exception cref="ArgumentException">The text is neither.</exception>
    public static JsonElement Parse(string text)
    {
        if (text.TrimStart().StartsWith('{'))
        {
            return Json(text) is JsonObject whole ? JsonSerializer.SerializeToElement(whole) : throw Wrong(text);
        }
        var options = new JsonObject();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } value])
            {
                throw Wrong(text);
            }
            PlanJson.Merge(options, PlanJson.Nested(name, Json(value) ?? JsonValue.Create(value)));
        }
        return JsonSerializer.SerializeToElement(options);
    }

    /// <summary>Options with what differs from them.</summary>
    /// <param name="preset">The options.</param>
    /// <param name="text">What differs; null changes nothing.</param>
    /// <param name="method">Whose options they are, for errors.</param>
    /// <exception cref="ArgumentException">The text is none, or an option is unknown, of another kind or out of range.</exception>
    public static T Changed<T>(T preset, string? text, string method) where T : notnull
    {
        try
        {
            return text is null ? preset : Options.Validate(PlanJson.Changed(preset, Parse(text)));
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"The options of {method}: {PlanJson.Sentence(error)}", error);
        }
    }

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ArgumentException Wrong(string text) => new($"The options are '{text}'; expected names and values, such as c=0.1 or tuning.epochs=5,pretrain=false, or an object of JSON.");
}
