using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScFm.Model.Tasks.Composition;

/// <summary>Reads and writes <c>["blood", 1000]</c>.</summary>
internal sealed class PlannedPartConverter : JsonConverter<PlannedPart>
{
    private const string Form = "a part of a mix is a list of a set's name and a number of cells, such as [\"blood\", 1000], or of the name alone";

    /// <inheritdoc/>
    public override PlannedPart Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException(Form);
        }
        var set = reader.GetString()!;
        int? cells = null;
        if (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            cells = reader.TryGetInt32(out var number) ? number : throw new JsonException(Form);
            reader.Read();
        }
        return reader.TokenType == JsonTokenType.EndArray ? new PlannedPart(set, cells) : throw new JsonException(Form);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PlannedPart value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Set);
        if (value.Cells is { } cells)
        {
            writer.WriteNumberValue(cells);
        }
        writer.WriteEndArray();
    }
}
