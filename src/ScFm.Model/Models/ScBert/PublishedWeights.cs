using ScFm.Model.Files;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScBert;

/// <summary>Puts weights under their published names into a module.</summary>
internal static class PublishedWeights
{
    /// <summary>The published name of the vectors of genes, which a model without gene2vec lacks.</summary>
    public const string Vectors = "pos_emb.emb.weight";

    /// <summary>Copies weights; nothing is changed where one does not fit.</summary>
    /// <param name="own">Where they go, under their published names; see <see cref="CheckpointNames"/>.</param>
    /// <param name="weights">Published name to tensor; vectors of genes may be missing and are then left as they are.</param>
    /// <param name="source">What the error names: the file.</param>
    /// <exception cref="InvalidDataException">Weights are missing, unknown or of another shape; the message lists them all.</exception>
    public static void Load(Dictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> weights, string source)
    {
        if (!weights.ContainsKey(Vectors))
        {
            own.Remove(Vectors);
        }
        using var _ = no_grad();
        var wrong = StateDifferences.Between(own, weights, name => name);
        if (wrong.Length > 0)
        {
            throw new InvalidDataException($"'{source}' does not fit this model: {string.Join("; ", wrong)}.");
        }
        foreach (var (name, target) in own)
        {
            target.copy_(weights[name]);
        }
    }
}
