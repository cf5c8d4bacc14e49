using ScFm.Model.Devices;

namespace ScFm.Model.Tests.Devices;

public sealed class CudaAdviceTests
{
    private static readonly CudaFacts processorBuild = new() { Libtorch = "1.13.0", LibtorchFolder = "/usr/lib" };

    private static readonly CudaFacts cudaBuild = new() { Libtorch = "2.11.0", LibtorchCuda = new Version(13, 0), HasKernelModule = true, HasDriver = true, DriverCuda = new Version(13, 0) };

    private static readonly CudaCard card = new("NVIDIA H200", 141L << 30, new Version(9, 0));

    public static TheoryData<CudaFacts, string> Cases => new()
    {
        { cudaBuild with { LibtorchCards = 1, Cards = [card] }, "nothing is in the way." },
        { processorBuild, "there is no NVIDIA driver on this machine, and libtorch 1.13.0 of /usr/lib is a build for the processor alone" },
        { processorBuild with { HasKernelModule = true, HasDriver = true, Cards = [card] }, "run scfm doctor --build FOLDER once" },
        { processorBuild with { HasKernelModule = true, LibtorchVariable = "/opt/torch" }, "run scfm doctor --build /opt/torch once" },
        { processorBuild with { HasDriver = true, LibtorchVariable = "/opt/torch", IsBuiltForVariable = true }, "though LIBTORCH names /opt/torch: that folder holds no CUDA either" },
        { processorBuild with { Builds = ["2.11.0+cu130"], HasDriver = true, Cards = [card] }, "LIBTORCH is not set in this process though the native part was built for libtorch 2.11.0+cu130: a notebook does not read the shell's settings" },
        { cudaBuild with { HasDriver = false, HasKernelModule = false }, "there is no NVIDIA driver on this machine, and libtorch 2.11.0 needs one" },
        { cudaBuild with { HasDriver = false, LibraryPath = "/lib/x" }, "does not find libcuda.so.1: put its folder into LD_LIBRARY_PATH (now '/lib/x')" },
        { cudaBuild with { DriverCuda = new Version(12, 4), Cards = [card] }, "the driver runs CUDA 12.4 at most and libtorch 2.11.0 was built for 13.0" },
        { cudaBuild with { DriverCuda = new Version(13, 2), VisibleDevices = "" }, "CUDA_VISIBLE_DEVICES is '' and hides every card" },
        { cudaBuild with { DriverError = 803 }, "the driver does not start (error 803)" },
        { cudaBuild, "the driver shows no card to this process" },
        { cudaBuild with { Cards = [card] }, "the driver shows NVIDIA H200 and libtorch 2.11.0 for CUDA 13.0 does not take it" },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void One_sentence_says_what_is_in_the_way(CudaFacts facts, string expected)
    {
        var sentence = CudaAdvice.Of(facts);
        Assert.Contains(expected, sentence);
        Assert.EndsWith(".", sentence);
        Assert.DoesNotContain("\n", sentence);
    }

    [Fact]
    public void A_device_that_is_absent_is_refused_with_that_sentence_and_a_device_that_is_none_with_what_there_are()
    {
        Assert.Equal("cpu", $"{ComputeDevice.Parse("cpu")}");
        Assert.Equal($"{ComputeDevice.Best}", $"{ComputeDevice.Parse("best")}");
        Assert.Equal("'gpu' is no device; expected cpu, cuda, cuda:1 (the second card) or best.", Assert.Throws<ArgumentException>(() => ComputeDevice.Parse("gpu")).Message);
        Assert.Throws<ArgumentException>(() => ComputeDevice.Parse("cuda:-1"));
        Assert.Throws<ArgumentException>(() => ComputeDevice.Parse("cpu:1"));
        if (TorchSharp.torch.cuda.is_available())
        {
            Assert.Contains("cards; expected cuda:0 to cuda:", Assert.Throws<ArgumentException>(() => ComputeDevice.Parse("cuda:99")).Message);
        }
        else
        {
            Assert.Equal($"The device is cuda:1 and there is no CUDA: {CudaAdvice.Of(CudaFacts.Gather())}", Assert.Throws<ArgumentException>(() => ComputeDevice.Parse("cuda:1")).Message);
        }
    }

    [Fact]
    public async Task The_current_device_is_the_thread_s_and_what_it_starts_and_ends_with_its_scope()
    {
        using (ComputeDevice.Use(new TorchSharp.torch.Device(TorchSharp.DeviceType.META)))
        {
            Assert.Equal("meta", $"{ComputeDevice.Current}");
            Assert.Equal("meta", await Task.Run(() => $"{ComputeDevice.Current}", TestContext.Current.CancellationToken));
        }
        Assert.Equal("cpu", $"{ComputeDevice.Current}");
    }
}
