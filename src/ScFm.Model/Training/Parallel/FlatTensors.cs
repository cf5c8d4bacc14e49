using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>Several tensors as one, for sending.</summary>
internal static class FlatTensors
{
    /// <summary>The memory that the elements take.</summary>
    public static long Bytes(Tensor tensor) => tensor.numel() * tensor.ElementSize;

    /// <summary>All elements one after another, [N].</summary>
    public static Tensor Join(IEnumerable<Tensor> parts) => cat([.. parts.Select(part => part.detach().reshape(-1))]);

    /// <summary>The parts of such a tensor, which share its memory.</summary>
    /// <param name="flat">[N].</param>
    /// <param name="like">Tensors of the parts' shapes.</param>
    public static IEnumerable<Tensor> Split(Tensor flat, IEnumerable<Tensor> like)
    {
        var at = 0L;
        foreach (var part in like)
        {
            yield return flat.narrow(0, at, part.numel()).view(part.shape);
            at += part.numel();
        }
    }
}
