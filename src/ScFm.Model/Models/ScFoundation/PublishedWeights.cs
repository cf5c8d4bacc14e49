using ScFm.Model.Files;
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
        var wrong = StateDifferences.Between(own, given, CheckpointNames.ToPublished);
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
