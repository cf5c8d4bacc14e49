using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScFm.Interactive.Hosting;

/// <summary>Something shown, as one line of a process's output that another process shows in its place.</summary>
/// <remarks>The line begins with a record separator, as JSON text sequences do (RFC 7464); no other line of output does.</remarks>
/// <param name="Display">The number of the display; a second record of it replaces the first.</param>
/// <param name="Content">What is shown.</param>
internal sealed record DisplayRecord(int Display, MimeBundle Content)
{
    private const char Separator = '\u001e';
    private const string DisplayKey = "display";
    private const string ContentKey = "content";

    /// <summary>Reads a line; null where it is ordinary output, or a record with other output in its midst.</summary>
    public static DisplayRecord? Read(string line)
    {
        if (!line.StartsWith(Separator))
        {
            return null;
        }
        return Parse(line[1..]) is JsonObject record && record[DisplayKey] is JsonValue number && number.TryGetValue(out int display) && record[ContentKey] is JsonObject content
            ? new DisplayRecord(display, new MimeBundle(content.ToDictionary(
                form => form.Key, form => form.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : (object)form.Value!.DeepClone())))
            : null;
    }

    /// <summary>The line, without its end.</summary>
    public string Write() => Separator + new JsonObject
    {
        [DisplayKey] = Display,
        [ContentKey] = new JsonObject(Content.Data.Select(form => KeyValuePair.Create(form.Key, form.Value is JsonNode json ? json.DeepClone() : JsonValue.Create(form.Value.ToString())))),
    }.ToJsonString();

    private static JsonNode? Parse(string text)
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
}
