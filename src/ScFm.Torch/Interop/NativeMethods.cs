namespace ScFm.Torch.Interop;

/// <summary>The C ABI of libscfmtorch.so. A null tensor, -1 or null says that the call failed; see <see cref="NativeError"/>.</summary>
internal static partial class NativeMethods
{
    internal const string Library = "scfmtorch";
}
