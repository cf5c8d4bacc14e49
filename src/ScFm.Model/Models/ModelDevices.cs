using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models;

/// <summary>Where a model computes.</summary>
public static class ModelDevices
{
    /// <summary>Moves the model to a device, where it and all that is asked of it is computed from then on.</summary>
    /// <param name="model">The model.</param>
    /// <param name="device">The device; see <see cref="Devices.ComputeDevice"/>.</param>
    /// <returns>The same model.</returns>
    public static T MoveTo<T>(this T model, Device device) where T : IModel
    {
        foreach (var network in model.Networks)
        {
            network.to(device);
        }
        return model;
    }

    /// <summary>Where the model computes; null where it has no tensors.</summary>
    public static Device? DeviceOf(this IModel model) => model.Networks.SelectMany(network => network.parameters()).FirstOrDefault()?.device;
}
