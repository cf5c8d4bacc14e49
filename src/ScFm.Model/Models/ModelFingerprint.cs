using ScFm.Model.Cells;
using static TorchSharp.torch;

namespace ScFm.Model.Models;

/// <summary>The <see cref="Fingerprint"/> of a model.</summary>
internal static class ModelFingerprint
{
    /// <summary>Changes with any weight or gene.</summary>
    /// <param name="module">The module.</param>
    /// <param name="genes">The genes it knows.</param>
    public static string Of(nn.Module module, GeneVocabulary genes) => Fingerprint.Of(hash =>
    {
        foreach (var (name, weights) in module.state_dict().OrderBy(weight => weight.Key, StringComparer.Ordinal))
        {
            using var values = weights.detach().cpu().contiguous();
            hash.Add(name).Add<byte>(values.bytes);
        }
        hash.Add([.. genes.Names]);
    });
}
