using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScFm.Model.Models.Geneformer;

/// <summary>Reads the sizes of a published Geneformer from the config.json beside its weights.</summary>
internal static class PublishedConfig
{
    /// <summary>The sizes, and the number of tokens.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no JSON, lacks a size, or describes a model that computes otherwise; the message says which.</exception>
    public static (GeneformerConfig Config, int Tokens) Read(string path)
    {
        try
        {
            var options = JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new ArgumentException("it is no JSON object");
            Expect(options, "model_type", "bert");
            Expect(options, "hidden_act", "relu");
            Expect(options, "position_embedding_type", "absolute", optional: true);
            Expect(options, "tie_word_embeddings", "true", optional: true);
            Expect(options, "pad_token_id", "0", optional: true);
            return (new GeneformerConfig
            {
                Width = Value<int>(options, "hidden_size"),
                Layers = Value<int>(options, "num_hidden_layers"),
                Heads = Value<int>(options, "num_attention_heads"),
                FeedForward = Value<int>(options, "intermediate_size"),
                MaxLength = Value<int>(options, "max_position_embeddings"),
                Epsilon = Value<double>(options, "layer_norm_eps"),
                Dropout = Value<double>(options, "hidden_dropout_prob"),
                AttentionDropout = Value<double>(options, "attention_probs_dropout_prob"),
                InitialDeviation = Value<double>(options, "initializer_range"),
            }.Validated(), Value<int>(options, "vocab_size"));
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{path}' does not hold the options of a Geneformer: {error.Message}", error);
        }
    }

    private static T Value<T>(JsonObject options, string name) =>
        options[name] is { } value ? value.GetValue<T>() : throw new ArgumentException($"{name} is missing; expected a number.");

    private static void Expect(JsonObject options, string name, string expected, bool optional = false)
    {
        var found = options[name]?.ToString();
        if (found is null ? !optional : !found.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"{name} is {found ?? "missing"}; expected {expected}.");
        }
    }
}
