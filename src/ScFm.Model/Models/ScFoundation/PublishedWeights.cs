using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Puts weights under their published names into a module.</summary>
public static class PublishedWeights
{
    /// <summary>Copies all weights; nothing is changed where one does not fit.</summary>
    /// <param name="module">The module.</param>
    /// <param name="weights">Published name to tensor.</param>
    /// <param name="source">What the error names: the file.</param>
    /// <exception cref="InvalidDataException">Weights are missing, unknown or of another shape; the message lists them all.</exception>
    public static void LoadPublished(this ScFoundationModule module, IReadOnlyDictionary<string, Tensor> weights, string source)
    {
        var own = module.state_dict();
        var given = weights.ToDictionary(w => CheckpointNames.FromPublished(w.Key), w => w.Value);
        string[] wrong =
        [
            .. own.Keys.Except(given.Keys).Select(name => $"{CheckpointNames.ToPublished(name)} is missing"),
            .. given.Keys.Except(own.Keys).Select(name => $"{CheckpointNames.ToPublished(name)} is unknown"),
            .. own.Where(p => given.TryGetValue(p.Key, out var w) && !w.shape.SequenceEqual(p.Value.shape)).Select(p =>
                $"{CheckpointNames.ToPublished(p.Key)} is [{string.Join(", ", given[p.Key].shape)}], expected [{string.Join(", ", p.Value.shape)}]"),
        ];
        if (wrong.Length > 0)
        {
            throw new InvalidDataException($"'{source}' does not fit this model: {string.Join("; ", wrong)}.");
        }
        using var _ = no_grad();
        foreach (var (name, target) in own)
        {
            target.copy_(given[name]);
        }
    }
}
