using ScFm.Model.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Geneformer;

/// <summary>Puts weights under their published names into a module.</summary>
public static class PublishedWeights
{
    private const string Bias = "cls.predictions.bias";
    private const string Words = "bert.embeddings.word_embeddings.weight";
    private const string DecoderBias = "cls.predictions.decoder.bias";
    private const string DecoderWords = "cls.predictions.decoder.weight";

    // a buffer that counts, and heads of other tasks
    private static readonly string[] WithoutUse = ["bert.embeddings.position_ids", "bert.pooler.", "cls.seq_relationship."];

    /// <summary>Copies all weights; nothing is changed where one does not fit. The output's copy of the token embedding, which some files hold, is passed over.</summary>
    /// <param name="module">The module.</param>
    /// <param name="weights">Published name to tensor.</param>
    /// <param name="source">What the error names: the file.</param>
    /// <exception cref="InvalidDataException">Weights are missing, unknown or of another shape; the message lists them all.</exception>
    public static void LoadPublished(this GeneformerModule module, IReadOnlyDictionary<string, Tensor> weights, string source)
    {
        var given = weights.Where(weight => !WithoutUse.Any(start => weight.Key.StartsWith(start, StringComparison.Ordinal))).ToDictionary();
        Tie(given, DecoderBias, Bias);
        Tie(given, DecoderWords, Words);
        using var _ = no_grad();
        var own = CheckpointNames.ToPublished(module.state_dict());
        var wrong = StateDifferences.Between(own, given, name => name);
        if (wrong.Length > 0)
        {
            throw new InvalidDataException($"'{source}' does not fit this model: {string.Join("; ", wrong)}.");
        }
        foreach (var (name, target) in own)
        {
            target.copy_(given[name]);
        }
    }

    /// <summary>Two names of one weight: a file holds the one, the other or both.</summary>
    private static void Tie(Dictionary<string, Tensor> weights, string name, string kept)
    {
        if (weights.Remove(name, out var tied))
        {
            weights.TryAdd(kept, tied);
        }
    }
}
