using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScFm.Model.Cells;

/// <summary>Aliases as JSON: an object with a list of names under each alias.</summary>
internal sealed class GeneAliasesConverter : JsonConverter<GeneAliases>
{
    /// <inheritdoc/>
    public override GeneAliases Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var aliases = new GeneAliases();
        foreach (var (alias, names) in JsonSerializer.Deserialize<Dictionary<string, string?[]?>>(ref reader, options) ?? [])
        {
            foreach (var name in names ?? throw new JsonException($"The alias '{alias}' has no list of names; expected one."))
            {
                aliases.Add(alias, name ?? throw new JsonException($"The alias '{alias}' stands for nothing; expected names of genes."));
            }
        }
        return aliases;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GeneAliases value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.All, options);
}
