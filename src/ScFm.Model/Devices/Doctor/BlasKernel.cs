using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace ScFm.Model.Devices;

/// <summary>What multiplies matrices on the processor.</summary>
/// <param name="Library">OpenBLAS or MKL; null where it is neither.</param>
/// <param name="Core">The processor that OpenBLAS chose its kernels for, such as Haswell; null for others.</param>
/// <param name="Pinned">OPENBLAS_CORETYPE; null where it is not set.</param>
/// <param name="HasAvx512">True where the processor has AVX-512.</param>
public sealed record BlasKernel(string? Library, string? Core, string? Pinned, bool HasAvx512)
{
    // OpenBLAS's names of processors whose kernels it writes with 512-bit vectors
    private static readonly string[] wide = ["SkylakeX", "Cooperlake", "Sapphirerapids"];

    /// <summary>The one of this process.</summary>
    public static BlasKernel Find()
    {
        var pinned = Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE") is { Length: > 0 } core ? core : null;
        if (LoadedLibraries.Find("libopenblas") is { } path && NativeLibrary.TryLoad(path, out var library) && NativeLibrary.TryGetExport(library, "openblas_get_corename", out var name))
        {
            return new("OpenBLAS", Name(name), pinned, Avx512F.IsSupported);
        }
        return new(LoadedLibraries.Find("libmkl") is not null || IsInLibtorch() ? "MKL" : null, null, pinned, Avx512F.IsSupported);
    }

    /// <summary>What would make products faster; null where nothing is known to.</summary>
    public string? Advice => this switch
    {
        { HasAvx512: false } or { Core: null } => null,
        { Core: { } core } when wide.Contains(core, StringComparer.OrdinalIgnoreCase) => null,
        { Pinned: { } pinned } => $"OPENBLAS_CORETYPE is {pinned} and pins OpenBLAS to kernels without AVX-512, which this processor has: unset it, and products run about twice as fast.",
        _ => $"OpenBLAS takes this processor for {Core} and does not use its AVX-512: set OPENBLAS_CORETYPE to {wide[0]} before the program starts, and products run about twice as fast.",
    };

    /// <inheritdoc/>
    public override string ToString() => (Library, Core, Pinned) switch
    {
        (null, _, _) => "not known",
        (_, null, _) => Library,
        (_, _, null) => $"{Library}, kernels for {Core}",
        _ => $"{Library}, kernels for {Core} (OPENBLAS_CORETYPE is {Pinned})",
    };

    private static unsafe string? Name(IntPtr function) => Marshal.PtrToStringUTF8(((delegate* unmanaged<IntPtr>)function)());

    private static bool IsInLibtorch() =>
#if TORCH_EXTRAS
        ScFm.Torch.Extras.Native.LibtorchConfig.Contains("BLAS_INFO=mkl", StringComparison.Ordinal);
#else
        false;
#endif
}
