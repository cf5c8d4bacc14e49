using ScFm.Model.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>Puts weights under the reference's names into a module.</summary>
public static class PublishedWeights
{
    // queries, keys and values of the fast attention that the published models were trained with, in either of its versions
    private static readonly (string Written, string Own)[] FastAttention =
    [
        (".self_attn._impl.Wqkv.", ".self_attn.in_proj_"),
        (".self_attn.Wqkv.", ".self_attn.in_proj_"),
        (".self_attn._impl.out_proj.", ".self_attn.out_proj."),
    ];

    // what marks a gene to be generated in the reference's pretraining, where here the mask does: see Hiding.Generative
    private static readonly string[] WithoutUse = ["flag_encoder."];

    /// <summary>The name that a module has for a weight of a published file.</summary>
    public static string ToOwn(string written)
    {
        foreach (var (fast, own) in FastAttention)
        {
            written = written.Replace(fast, own, StringComparison.Ordinal);
        }
        return written;
    }

    /// <summary>The weights of a published file under the module's names, without those that have no use.</summary>
    public static Dictionary<string, T> ToOwn<T>(IEnumerable<KeyValuePair<string, T>> written) =>
        written.Where(weight => !WithoutUse.Any(start => weight.Key.StartsWith(start, StringComparison.Ordinal))).ToDictionary(weight => ToOwn(weight.Key), weight => weight.Value);

    /// <summary>Copies all weights; nothing is changed where one does not fit.</summary>
    /// <param name="module">The module.</param>
    /// <param name="weights">The module's name to tensor.</param>
    /// <param name="source">What the error names: the file.</param>
    /// <exception cref="InvalidDataException">Weights are missing, unknown or of another shape; the message lists them all.</exception>
    public static void LoadPublished(this ScGptModule module, IReadOnlyDictionary<string, Tensor> weights, string source)
    {
        using var _ = no_grad();
        var own = module.state_dict();
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
