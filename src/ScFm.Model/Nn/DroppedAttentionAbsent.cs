#if !TORCH_EXTRAS
using TorchSharp;

namespace ScFm.Torch.Extras;

/// <summary>The TorchSharp package has no attention of ours with dropout: the plain operations take its place.</summary>
internal static class DroppedAttention
{
    public static bool Take(torch.Tensor _) => false;

    public static torch.Tensor Attend(torch.Tensor _, torch.Tensor __, long ___, double ____, long _____) =>
        throw new NotSupportedException("The TorchSharp package has no such attention; ask Take first.");
}
#endif
