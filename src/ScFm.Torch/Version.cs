using ScFm.Torch.Extras;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of libtorch, such as 1.13.1.</summary>
    public static string __version__ => Native.LibtorchVersion;
}
