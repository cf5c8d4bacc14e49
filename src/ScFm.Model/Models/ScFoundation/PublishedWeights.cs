using ScFm.Model.Files;
using ScFm.Model.Files.PyTorch;
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
    public static void LoadPublished(this ScFoundationModule module, IReadOnlyDictionary<string, Tensor> weights, string source) =>
        Load(module, weights, source, weight => weight.shape, (weight, target) => target.copy_(weight));

    /// <summary>The same for weights that are still in their file: one tensor at a time is read.</summary>
    /// <param name="module">The module.</param>
    /// <param name="weights">Published name to tensor.</param>
    /// <param name="source">What the error names: the file.</param>
    /// <exception cref="InvalidDataException">Weights are missing, unknown or of another shape; the message lists them all.</exception>
    public static void LoadPublished(this ScFoundationModule module, IReadOnlyDictionary<string, CheckpointTensor> weights, string source) =>
        Load(module, weights, source, weight => weight.Shape, (weight, target) =>
        {
            using var read = weight.ToTensor();
            target.copy_(read);
        });

    private static void Load<T>(
        ScFoundationModule module, IReadOnlyDictionary<string, T> weights, string source, Func<T, IReadOnlyList<long>> shape, Action<T, Tensor> copy)
    {
        var own = module.state_dict();
        var given = new Dictionary<string, T>();
        string[] twice = [.. weights.Where(weight => !given.TryAdd(CheckpointNames.FromPublished(weight.Key), weight.Value)).Select(weight => $"{weight.Key} stands twice, under two names")];
        string[] wrong = [.. StateDifferences.Between(own, given.ToDictionary(p => p.Key, p => shape(p.Value)), CheckpointNames.ToPublished), .. twice];
        if (wrong.Length > 0)
        {
            throw new InvalidDataException($"'{source}' does not fit this model: {string.Join("; ", wrong)}.");
        }
        using var _ = no_grad();
        foreach (var (name, target) in own)
        {
            copy(given[name], target);
        }
    }
}
