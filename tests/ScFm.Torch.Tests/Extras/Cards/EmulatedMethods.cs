using System.Runtime.InteropServices;
using ScFm.Torch.Interop;
using TorchSharp;

namespace ScFm.Torch.Tests.Extras.Cards;

/// <summary>Exports of the native part's cuda/emulated, one to one.</summary>
internal static partial class EmulatedMethods
{
    internal const string Library = "scfmemulated";

    [LibraryImport(Library)]
    internal static partial IntPtr scfm_take_error();

    [LibraryImport(Library)]
    internal static partial int scfm_emulated_card(long shared_bytes, int backwards);

    [LibraryImport(Library)]
    internal static partial long scfm_fused_key_sums(torch.Tensor? keys, torch.Tensor? values, torch.Tensor? projection, torch.Tensor? offsets, long heads, double epsilon, out IntPtr list);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_fused_queries(torch.Tensor? queries, torch.Tensor? mass, torch.Tensor? values, torch.Tensor? projection, torch.Tensor? offsets, long heads, double epsilon);

    [LibraryImport(Library)]
    internal static partial long scfm_fused_add_norm(torch.Tensor? x, torch.Tensor? add, torch.Tensor? weight, torch.Tensor? bias, double epsilon, int type, out IntPtr list);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_fused_bin_weights(
        torch.Tensor? x, torch.Tensor? weight1, torch.Tensor? bias1, torch.Tensor? weight2, torch.Tensor? bias2, double alpha, double negative_slope, int type);

    [LibraryImport(Library)]
    internal static unsafe partial int scfm_adam(
        AdamValues* options, long count, ReadOnlySpan<IntPtr> parameters, ReadOnlySpan<IntPtr> gradients, ReadOnlySpan<IntPtr> means, ReadOnlySpan<IntPtr> squares, ReadOnlySpan<IntPtr> largest,
        ReadOnlySpan<long> steps);
}
