using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using ScFm.Torch.Interop;

namespace ScFm.Torch.Extras;

/// <summary>What this libtorch can do beyond TorchSharp's API; ask before using.</summary>
public static class Native
{
    /// <summary>The version of the binding itself.</summary>
    public static string Version { get; } = typeof(Native).Assembly.GetName().Version!.ToString(3);

    /// <summary>The version of the libtorch that the native part was compiled for, such as 1.13.1.</summary>
    public static string LibtorchVersion => Marshal.PtrToStringUTF8(NativeMethods.scfm_libtorch_version())!;

    /// <summary>How libtorch was built, in many lines.</summary>
    public static string LibtorchConfig => Marshal.PtrToStringUTF8(NativeMethods.scfm_libtorch_config())!;

    /// <summary>The version of CUDA that libtorch was built for, such as 13.0; null in a build for the processor alone. It needs neither a card nor a driver.</summary>
    public static System.Version? CudaVersion => NativeMethods.scfm_cuda_runtime_version() is > 0 and var number ? new((int)(number / 1000), (int)(number % 1000 / 10)) : null;

    /// <summary>The version of cuDNN, such as 9.10.2; null where there is none.</summary>
    public static System.Version? CudnnVersion => NativeMethods.scfm_cudnn_version() switch
    {
        <= 0 => null,
        >= 10_000 and var number => new((int)(number / 10_000), (int)(number % 10_000 / 100), (int)(number % 100)), // 9 and later
        var number => new((int)(number / 1000), (int)(number % 1000 / 100), (int)(number % 100)),
    };

    /// <summary>Whether libtorch was built with CUDA and sees at least one device.</summary>
    public static bool HasCuda => NativeMethods.scfm_has_cuda();

    /// <summary>Whether the native part was compiled with kernels of our own for CUDA (it is where nvcc was found) and there is a card for them: NVIDIA's Ampere or later.</summary>
    public static bool HasCudaKernels { get; } = Enumerable.Range(0, NativeMethods.scfm_cuda_device_count()).Any(NativeMethods.scfm_card_has_kernels);

    /// <summary>Whether scaled_dot_product_attention is libtorch's own (2.x) and not composed of several operations.</summary>
    public static bool HasFusedAttention => NativeMethods.scfm_has_fused_attention();

    /// <summary>Whether bfloat16 products run in hardware on this CPU (AVX-512 BF16 or AMX, through oneDNN).</summary>
    public static bool HasBf16Matmul { get; } = DetectBf16();

    private static bool DetectBf16()
    {
        if (!X86Base.IsSupported) return false;
        var (maxLeaf, _, _, _) = X86Base.CpuId(0, 0);
        if (maxLeaf < 7) return false;
        var (maxSubLeaf, _, _, edx) = X86Base.CpuId(7, 0);
        var amx = (edx & (1 << 22)) != 0;
        if (maxSubLeaf < 1) return amx;
        var (eax, _, _, _) = X86Base.CpuId(7, 1);
        return amx || (eax & (1 << 5)) != 0;
    }
}
