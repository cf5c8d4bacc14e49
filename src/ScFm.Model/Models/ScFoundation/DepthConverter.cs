using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>A depth as JSON: the text that <see cref="Depth.Parse"/> takes, empty for the cell's own depth.</summary>
internal sealed class DepthConverter : JsonConverter<Depth>
{
    /// <inheritdoc/>
    public override Depth Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.GetString() is { Length: > 0 } text ? Depth.Parse(text) : default;
        }
        catch (FormatException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Depth value, JsonSerializerOptions options) => writer.WriteStringValue(value.Exact);
}
