using System.Runtime.InteropServices;
using TorchSharp;

namespace ScFm.Torch.Interop;

/// <summary>Arithmetic. Exports of native/tensor_math.cpp, one to one.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial IntPtr scfm_unary_name(int op);

    [LibraryImport(Library)]
    internal static partial IntPtr scfm_binary_name(int op);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_unary(int op, torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial int scfm_unary_(int op, torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_binary(int op, torch.Tensor? a, torch.Tensor? b);

    [LibraryImport(Library)]
    internal static partial int scfm_binary_(int op, torch.Tensor? a, torch.Tensor? b);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_binary_scalar(int op, torch.Tensor? a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial int scfm_binary_scalar_(int op, torch.Tensor? a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_add(torch.Tensor? a, torch.Tensor? b);

    [LibraryImport(Library)]
    internal static partial int scfm_add_(torch.Tensor? a, torch.Tensor? b);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_add_scaled(torch.Tensor? a, torch.Tensor? b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int scfm_add_scaled_(torch.Tensor? a, torch.Tensor? b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_add_scalar(torch.Tensor? a, ScalarValue b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int scfm_add_scalar_(torch.Tensor? a, ScalarValue b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_sub(torch.Tensor? a, torch.Tensor? b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int scfm_sub_(torch.Tensor? a, torch.Tensor? b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_sub_scalar(torch.Tensor? a, ScalarValue b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial int scfm_sub_scalar_(torch.Tensor? a, ScalarValue b, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_rsub_scalar(torch.Tensor? a, ScalarValue b);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_pow_scalar_base(ScalarValue a, torch.Tensor? b);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_div_rounded(torch.Tensor? a, torch.Tensor? b, int mode);

    [LibraryImport(Library)]
    internal static partial int scfm_div_rounded_(torch.Tensor? a, torch.Tensor? b, int mode);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_div_scalar_rounded(torch.Tensor? a, ScalarValue b, int mode);

    [LibraryImport(Library)]
    internal static partial int scfm_div_scalar_rounded_(torch.Tensor? a, ScalarValue b, int mode);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_addcmul(torch.Tensor? a, torch.Tensor? b, torch.Tensor? c, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int scfm_addcmul_(torch.Tensor? a, torch.Tensor? b, torch.Tensor? c, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_addcdiv(torch.Tensor? a, torch.Tensor? b, torch.Tensor? c, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial int scfm_addcdiv_(torch.Tensor? a, torch.Tensor? b, torch.Tensor? c, ScalarValue value);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_lerp(torch.Tensor? a, torch.Tensor? b, torch.Tensor? weight);

    [LibraryImport(Library)]
    internal static partial int scfm_lerp_(torch.Tensor? a, torch.Tensor? b, torch.Tensor? weight);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_lerp_scalar(torch.Tensor? a, torch.Tensor? b, ScalarValue weight);

    [LibraryImport(Library)]
    internal static partial int scfm_lerp_scalar_(torch.Tensor? a, torch.Tensor? b, ScalarValue weight);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_clamp(torch.Tensor? a, ScalarValue min, ScalarValue max);

    [LibraryImport(Library)]
    internal static partial int scfm_clamp_(torch.Tensor? a, ScalarValue min, ScalarValue max);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_clamp_tensor(torch.Tensor? a, torch.Tensor? min, torch.Tensor? max);

    [LibraryImport(Library)]
    internal static partial int scfm_clamp_tensor_(torch.Tensor? a, torch.Tensor? min, torch.Tensor? max);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_nan_to_num(torch.Tensor? a, double nan, double posinf, double neginf, int given);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_silu(torch.Tensor? a);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_polygamma(torch.Tensor? a, long n);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_xlogy(torch.Tensor? a, torch.Tensor? b);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_isclose(torch.Tensor? a, torch.Tensor? b, double rtol, double atol, [MarshalAs(UnmanagedType.U1)] bool equalNan);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_addmm(torch.Tensor? a, torch.Tensor? b, torch.Tensor? c, ScalarValue beta, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_addmv(torch.Tensor? a, torch.Tensor? b, torch.Tensor? c, ScalarValue beta, ScalarValue alpha);

    [LibraryImport(Library)]
    internal static partial torch.Tensor scfm_baddbmm(torch.Tensor? a, torch.Tensor? b, torch.Tensor? c, ScalarValue beta, ScalarValue alpha);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial torch.Tensor scfm_einsum(string equation, ReadOnlySpan<IntPtr> tensors, long count);
}
