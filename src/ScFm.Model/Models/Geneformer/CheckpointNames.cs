using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Geneformer;

/// <summary>Translates our weights to those of the published files, and back: they are named as in BertForMaskedLM, with queries, keys and values apart.</summary>
public static class CheckpointNames
{
    private const string Layer = "layers.";
    private const string PublishedLayer = "bert.encoder.layer.";
    private const string Joined = "self_attn.in_proj_";

    private static readonly string[] Apart = ["attention.self.query.", "attention.self.key.", "attention.self.value."];

    private static readonly (string Ours, string Published)[] Outside =
    [
        ("word_embeddings.", "bert.embeddings.word_embeddings."),
        ("position_embeddings.", "bert.embeddings.position_embeddings."),
        ("token_type_embeddings.", "bert.embeddings.token_type_embeddings."),
        ("embedding_norm.", "bert.embeddings.LayerNorm."),
        ("transform.", "cls.predictions.transform.dense."),
        ("transform_norm.", "cls.predictions.transform.LayerNorm."),
        ("output_bias", "cls.predictions.bias"),
    ];

    private static readonly (string Ours, string Published)[] InLayer =
    [
        ("self_attn.out_proj.", "attention.output.dense."),
        ("norm1.", "attention.output.LayerNorm."),
        ("linear1.", "intermediate.dense."),
        ("linear2.", "output.dense."),
        ("norm2.", "output.LayerNorm."),
    ];

    /// <summary>The published names of one of our weights: three for queries, keys and values, otherwise one.</summary>
    public static string[] ToPublished(string name)
    {
        if (!name.StartsWith(Layer, StringComparison.Ordinal))
        {
            return [Translate(name, Outside)];
        }
        var dot = name.IndexOf('.', Layer.Length);
        var (prefix, rest) = ($"{PublishedLayer}{name[Layer.Length..dot]}.", name[(dot + 1)..]);
        return rest.StartsWith(Joined, StringComparison.Ordinal)
            ? [.. Apart.Select(part => prefix + part + rest[Joined.Length..])]
            : [prefix + Translate(rest, InLayer)];
    }

    /// <summary>Our weights under the published names; views of the same values.</summary>
    public static Dictionary<string, Tensor> ToPublished(IReadOnlyDictionary<string, Tensor> own)
    {
        var published = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, weight) in own)
        {
            var names = ToPublished(name);
            var parts = names.Length == 1 ? [weight] : weight.chunk(names.Length);
            foreach (var (part, value) in names.Zip(parts))
            {
                published[part] = value;
            }
        }
        return published;
    }

    private static string Translate(string name, (string Ours, string Published)[] names)
    {
        var (ours, published) = Array.Find(names, pair => name.StartsWith(pair.Ours, StringComparison.Ordinal));
        return published + name[ours.Length..];
    }
}
