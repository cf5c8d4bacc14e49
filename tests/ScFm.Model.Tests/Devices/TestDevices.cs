using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ScFm.Model.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Devices;

/// <summary>The devices that a test runs on.</summary>
internal static class TestDevices
{
    public const string Processor = "cpu";

    /// <summary>The processor's memory under another name, so that a tensor left behind on the processor is found without a card; see native/testing/other_device.cpp.</summary>
    public const string Other = "other";

    public const string Card = "cuda";

    private const DeviceType OtherType = (DeviceType)19; // libtorch's PrivateUse1

    private static bool hasOther;

    public static TheoryData<string> All => [Processor, Other, Card];

    /// <summary>Those for tests that compare with the processor themselves.</summary>
    public static TheoryData<string> Away => [Other, Card];

    /// <summary>Each name on each of the devices (default: all).</summary>
    public static TheoryData<string, string> Times(TheoryData<string> names, TheoryData<string>? devices = null)
    {
        var all = new TheoryData<string, string>();
        foreach (var (name, device) in from name in names from device in devices ?? All select (name.Data, device.Data))
        {
            all.Add(name, device);
        }
        return all;
    }

    /// <summary>Until disposed, fixtures and new models lie on the device; the test is skipped where it is absent.</summary>
    public static IDisposable Use(string device)
    {
        switch (device)
        {
            case Processor:
                return ComputeDevice.Use(CPU);
            case Card:
                Assert.SkipUnless(cuda.is_available(), $"There is no CUDA: {CudaAdvice.Of(CudaFacts.Gather())}");
                return ComputeDevice.Use(new Device(DeviceType.CUDA, 0));
            default:
                Assert.SkipUnless(hasOther, "libscfmotherdevice.so is absent; it is built with the native part for libtorch 1.");
                return ComputeDevice.Use(new Device(OtherType, 0));
        }
    }

    // Before the first backward pass: there libtorch starts a thread for each device that it knows.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Load()
    {
        var library = Path.Combine(TestFolders.Root, "artifacts", "native", "libscfmotherdevice.so");
        hasOther = __version__.StartsWith("1.", StringComparison.Ordinal) && NativeLibrary.TryLoad(library, out _); // the version first: it loads libtorch as it is meant to be loaded
    }
}
