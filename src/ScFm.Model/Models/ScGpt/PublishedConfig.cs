using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScFm.Model.Models.ScGpt;

/// <summary>Reads the shape of a published scGPT from the args.json beside its weights; which heads there are, the weights say.</summary>
internal static class PublishedConfig
{
    /// <summary>The shape, and how many types and batches it tells.</summary>
    /// <param name="path">The file.</param>
    /// <param name="weights">The shapes of the weights, under the reference's names.</param>
    /// <exception cref="InvalidDataException">It is no JSON, lacks a size, or describes a model that computes otherwise; the message says which.</exception>
    public static (ScGptConfig Config, int Types, int Batches) Read(string path, IReadOnlyDictionary<string, IReadOnlyList<long>> weights)
    {
        try
        {
            var options = JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new ArgumentException("it is no JSON object");
            var style = options["input_emb_style"]?.ToString() ?? "continuous";
            var cell = options["cell_emb_style"]?.ToString() ?? "cls";
            var padding = Optional(options, "pad_value", -2.0);
            var zeroProbability = weights.ContainsKey("decoder.zero_logit.0.weight");
            var adversary = weights.ContainsKey("grad_reverse_discriminator.out_layer.weight");
            var batchLabels = weights.ContainsKey("batch_encoder.embedding.weight");
            var ofBatch = weights.Keys.Count(name => name.StartsWith("dsbn.bns.", StringComparison.Ordinal) && name.EndsWith(".running_mean", StringComparison.Ordinal));
            var config = new ScGptConfig
            {
                Width = Number(options, "embsize"),
                Layers = Number(options, "nlayers"),
                Heads = Number(options, "nheads"),
                FeedForward = Number(options, "d_hid"),
                HeadLayers = Optional(options, "n_layers_cls", 3),
                MaxLength = Optional(options, "max_seq_len", 1200),
                Bins = Optional(options, "n_bins", 51),
                Dropout = Optional(options, "dropout", 0.2),
                Values = style switch
                {
                    "continuous" => ValueEncoding.Continuous,
                    "category" => ValueEncoding.Category,
                    _ => throw new ArgumentException($"input_emb_style is {style}; expected continuous or category."),
                },
                CellVector = cell switch
                {
                    "cls" => CellVector.Cls,
                    "avg-pool" => CellVector.Mean,
                    _ => throw new ArgumentException($"cell_emb_style is {cell}; expected cls or avg-pool."),
                },
                ClsValue = style == "continuous" ? padding : 0, // so the published models were pretrained and embed cells
                CellDecoding = weights.ContainsKey("mvc_decoder.W.weight") ? CellDecoding.InnerProduct : weights.ContainsKey("mvc_decoder.fc1.weight") ? CellDecoding.ConcatQuery : CellDecoding.None,
                ZeroProbability = zeroProbability,
                ReadsZeros = zeroProbability, // else there is nothing to learn it from
                BatchLabels = batchLabels,
                Adversary = adversary,
                InputNorm = ofBatch > 0 ? InputNorm.OfBatch : weights.ContainsKey("bn.running_mean") ? InputNorm.Common : InputNorm.None,
            };
            Expect("pad_value", padding, config.PaddingValue);
            Expect("mask_value", Optional(options, "mask_value", (double)config.MaskValue), config.MaskValue);
            var batches = batchLabels ? Rows(weights, "batch_encoder.embedding.weight") : adversary ? Rows(weights, "grad_reverse_discriminator.out_layer.weight") : ofBatch;
            return (config.Validated(), weights.ContainsKey("cls_decoder.out_layer.weight") ? Rows(weights, "cls_decoder.out_layer.weight") : 0, batches);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{path}' does not hold the options of a scGPT: {error.Message}", error);
        }
    }

    private static int Rows(IReadOnlyDictionary<string, IReadOnlyList<long>> weights, string name) => (int)weights[name][0];

    private static int Number(JsonObject options, string name) =>
        options[name] is { } value ? value.GetValue<int>() : throw new ArgumentException($"{name} is missing; expected a number.");

    private static T Optional<T>(JsonObject options, string name, T otherwise) => options[name] is { } value ? value.GetValue<T>() : otherwise;

    private static void Expect(string name, double found, double expected)
    {
        if (found != expected)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} is {found}; expected {expected}."));
        }
    }
}
