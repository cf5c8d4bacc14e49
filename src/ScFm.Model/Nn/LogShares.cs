using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>Starts a layer that tells labels at their shares, so that a label without examples has no chance from the beginning.</summary>
internal static class LogShares
{
    private const double Smallest = 1e-12;

    /// <summary>Sets the bias to the logarithms of the shares.</summary>
    /// <param name="layer">The layer of the logits, with a bias.</param>
    /// <param name="shares">The share of each label, 0 to 1.</param>
    public static void StartAt(Linear layer, IReadOnlyList<double> shares)
    {
        using var _ = no_grad();
        layer.bias!.copy_(tensor([.. shares.Select(share => (float)Math.Log(Math.Max(share, Smallest)))]));
    }
}
