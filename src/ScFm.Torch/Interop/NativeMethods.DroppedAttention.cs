using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_dropped_attention(torch.Tensor? qkv, torch.Tensor? offsets, long heads, double p, long seed);
}
