using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>Reads a method by its kind alone, or as an object.</summary>
internal sealed class PlannedMethodConverter : JsonConverter<PlannedMethod>
{
    private const string Form = "a method is its kind, such as \"logistic\", or an object with kind, name and options";

    private sealed record Whole(string Kind, string? Name, JsonElement? Options);

    /// <inheritdoc/>
    public override PlannedMethod Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new PlannedMethod(reader.GetString()!);
        }
        return reader.TokenType == JsonTokenType.StartObject && JsonSerializer.Deserialize<Whole>(ref reader, options) is { Kind: not null } whole
            ? new PlannedMethod(whole.Kind) { Name = whole.Name, Options = whole.Options }
            : throw new JsonException(Form);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PlannedMethod value, JsonSerializerOptions options)
    {
        if (value is { Name: null, Options: null })
        {
            writer.WriteStringValue(value.Kind);
        }
        else
        {
            JsonSerializer.Serialize(writer, new Whole(value.Kind, value.Name, value.Options), options);
        }
    }
}
