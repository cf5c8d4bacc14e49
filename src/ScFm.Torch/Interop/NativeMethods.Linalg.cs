using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Linear algebra. Exports of native/tensor_linalg.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linalg_cholesky(torch.Tensor? a, [MarshalAs(UnmanagedType.U1)] bool upper);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linalg_inv(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linalg_pinv(torch.Tensor? a, double rcond, [MarshalAs(UnmanagedType.U1)] bool hermitian);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linalg_det(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linalg_solve(torch.Tensor? a, torch.Tensor? b, [MarshalAs(UnmanagedType.U1)] bool left);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linalg_svdvals(torch.Tensor? a);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial torch.Tensor scfm_linalg_eigvalsh(torch.Tensor? a, string uplo);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linalg_vector_norm(torch.Tensor? a, double p, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial torch.Tensor scfm_linalg_norm(torch.Tensor? a, string ord, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linalg_norm_p(torch.Tensor? a, double ord, [MarshalAs(UnmanagedType.U1)] bool given, ReadOnlySpan<long> dims, long dimsCount, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linalg_solve_triangular(torch.Tensor? a, torch.Tensor? b, [MarshalAs(UnmanagedType.U1)] bool upper, [MarshalAs(UnmanagedType.U1)] bool left, [MarshalAs(UnmanagedType.U1)] bool unit);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_linalg_matrix_rank(torch.Tensor? a, [MarshalAs(UnmanagedType.U1)] bool hermitian);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_cholesky_solve(torch.Tensor? b, torch.Tensor? l, [MarshalAs(UnmanagedType.U1)] bool upper);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_trace(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_cdist(torch.Tensor? a, torch.Tensor? b, double p, long mode);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int scfm_linalg_qr(torch.Tensor? a, string mode, out torch.Tensor first, out torch.Tensor second);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int scfm_linalg_eigh(torch.Tensor? a, string uplo, out torch.Tensor first, out torch.Tensor second);

    [LibraryImport(Library)]
    internal static partial int scfm_linalg_svd(torch.Tensor? a, [MarshalAs(UnmanagedType.U1)] bool full, out torch.Tensor first, out torch.Tensor second, out torch.Tensor third);

    [LibraryImport(Library)]
    internal static partial long scfm_linalg_lstsq(torch.Tensor? a, torch.Tensor? b, out IntPtr list);
}
