using ScFm.Model.Devices;
using ScFm.Torch.Extras;
using TorchSharp;

namespace ScFm.Model.Tests.Devices;

public sealed class DoctorTests
{
    [Fact]
    public void The_report_names_what_this_process_computes_with()
    {
        var report = Doctor.Examine(measures: false);
        var text = report.ToString();
        Assert.Contains(Native.LibtorchVersion, text);
        Assert.True(File.Exists(Path.Combine(report.Cuda.LibtorchFolder!, "libtorch_cpu.so")), report.Cuda.LibtorchFolder);
        Assert.Equal(torch.get_num_threads(), report.Threads);
        Assert.Equal(Kernels.InstructionSet, report.Kernels);
        Assert.Equal(torch.cuda.is_available(), report.Advice[0].StartsWith("CUDA is there", StringComparison.Ordinal));
        Assert.All(report.Environment, variable => Assert.Contains($"{variable.Value ?? "not set"}", text));
        Assert.Contains(report.Environment, variable => variable.Name == "LIBTORCH");
        Assert.Contains("<table", report.ToHtml());
    }

    [Fact]
    public void Products_are_measured_in_both_precisions_on_every_device()
    {
        var report = Doctor.Examine();
        Assert.Equal(1 + report.Cuda.LibtorchCards, report.Speeds.Count);
        Assert.Equal("cpu", report.Speeds[0].Device);
        Assert.All(report.Speeds, speed => Assert.True(speed.Float32 > 1e8 && speed.BFloat16 > 1e7, $"{speed}"));
        Assert.Contains("fastest product on cpu", report.ToString());
    }

    [Theory]
    [InlineData("Haswell", "Haswell", true, "OPENBLAS_CORETYPE is Haswell and pins OpenBLAS to kernels without AVX-512")]
    [InlineData("Zen", null, true, "set OPENBLAS_CORETYPE to SkylakeX")]
    [InlineData("SkylakeX", null, true, null)]
    [InlineData("Cooperlake", "Cooperlake", true, null)]
    [InlineData("Haswell", "Haswell", false, null)]
    [InlineData(null, "Haswell", true, null)]
    public void A_kernel_that_leaves_half_of_the_processor_idle_is_named(string? core, string? pinned, bool hasAvx512, string? expected)
    {
        var advice = new BlasKernel(core is null ? "MKL" : "OpenBLAS", core, pinned, hasAvx512).Advice;
        Assert.Equal(expected is null, advice is null);
        Assert.Contains(expected ?? "", advice ?? "");
    }

    [Fact]
    public void The_kernel_of_this_process_is_found()
    {
        torch.ones(2, 2).mm(torch.ones(2, 2)).Dispose();
        var blas = BlasKernel.Find();
        Assert.SkipWhen(blas.Library is null, "libtorch multiplies with neither OpenBLAS nor MKL.");
        Assert.Equal(blas.Library == "OpenBLAS", blas.Core is { Length: > 0 });
    }
}
