using System.Runtime.InteropServices;
using ScFm.Model.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Devices;

/// <summary>That the device of the tests refuses what a card refuses; otherwise the parity tests on it would prove nothing.</summary>
public sealed class OtherDeviceTests
{
    [Fact]
    public void Tensors_of_two_devices_do_not_meet()
    {
        using var place = TestDevices.Use(TestDevices.Other);
        using var scope = NewDisposeScope();
        var (here, there) = (arange(6, float32).view(2, 3), arange(6, float32).view(2, 3).to(ComputeDevice.Current));
        Assert.Contains("same device", Assert.Throws<ExternalException>(() => here + there).Message);
        Assert.Contains("same device", Assert.Throws<ExternalException>(() => there.index_select(0, tensor(new[] { 0L }))).Message);
        Assert.Contains("same device", Assert.Throws<ExternalException>(() => there.index_add(0, tensor(new[] { 0L }), there.narrow(0, 0, 1), 1)).Message);
        Assert.Contains("same device", Assert.Throws<ExternalException>(() => cat([there, here])).Message);
        Assert.Contains("same device", Assert.Throws<ExternalException>(() => where(there.gt(1), there, here)).Message);
        Assert.Equal([0f, 2, 4, 6, 8, 10], (there + there).data<float>().ToArray());
        Assert.Equal([0f, 3, 6, 9, 12, 15], (there * tensor(3f)).data<float>().ToArray()); // single numbers may stay
    }

    [Fact]
    public void Views_changes_in_place_and_gradients_are_those_of_the_processor()
    {
        using var place = TestDevices.Use(TestDevices.Other);
        using var scope = NewDisposeScope();
        Tensor Worked(Device device)
        {
            var weight = nn.Parameter((arange(12, float32) / 7).view(3, 4).to(device));
            var rows = zeros(5, 4, device: device).index_add(0, tensor(new[] { 1L, 4, 1 }, device: device), weight.transpose(0, 1).contiguous().view(3, 4), 1);
            rows.narrow(0, 0, 2).mul_(2);
            (rows.softmax(1) * arange(20, float32, device).view(5, 4)).sum().backward();
            return weight.grad!;
        }
        var (expected, found) = (Worked(CPU), Worked(ComputeDevice.Current));
        Assert.NotEqual(DeviceType.CPU, found.device_type);
        Assert.Equal(expected.data<float>().ToArray(), found.data<float>().ToArray());
    }
}
