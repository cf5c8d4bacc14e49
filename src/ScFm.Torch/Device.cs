namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor lives: a kind and, for GPUs, an index (-1 is the current one).</summary>
    public class Device
    {
        /// <summary>The kind of device.</summary>
        public DeviceType type { get; private set; } = DeviceType.CPU;

        /// <summary>The index among devices of this kind, -1 when it was not given.</summary>
        public int index { get; private set; } = -1;

        /// <summary>Reads "cpu", "cuda" or "cuda:1".</summary>
        /// <exception cref="ArgumentException">The description is none of these.</exception>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var parts = description.Split(':');
            type = ReadType(parts[0]);
            if (parts.Length == 2 && int.TryParse(parts[1], out var given)) index = given;
            else if (parts.Length != 1) throw new ArgumentException($"'{description}' is not a device; expected \"cpu\", \"cuda\" or \"cuda:<index>\".");
        }

        /// <summary>A device by the name of its kind.</summary>
        public Device(string deviceType, int index = -1)
        {
            type = ReadType(deviceType);
            this.index = index;
        }

        /// <summary>A device by its kind.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>The CUDA device of this index.</summary>
        public Device(int index)
        {
            type = DeviceType.CUDA;
            this.index = index;
        }

        /// <inheritdoc/>
        public override string ToString() =>
            type == DeviceType.CPU ? "cpu" : index == -1 ? type.ToString().ToLowerInvariant() : $"{type.ToString().ToLowerInvariant()}:{index}";

        /// <summary>Reads "cpu", "cuda" or "cuda:1".</summary>
        public static implicit operator Device(string description) => new(description);

        private static DeviceType ReadType(string name) =>
            Enum.TryParse<DeviceType>(name, ignoreCase: true, out var type) ? type
                : throw new ArgumentException($"'{name}' is not a device; expected \"cpu\" or \"cuda\".");
    }

    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>Shapes without data.</summary>
    public static readonly Device META = new(DeviceType.META);

    /// <summary>The current CUDA device.</summary>
    /// <exception cref="InvalidOperationException">There is no CUDA device.</exception>
    public static Device CUDA => InitializeDevice(new Device(DeviceType.CUDA));

    /// <summary>The device of this description, checked to exist.</summary>
    public static Device device(string description) => InitializeDevice(new Device(description));

    /// <summary>The device of this kind and index, checked to exist.</summary>
    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    /// <summary>The device of this kind and index, checked to exist.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    /// <summary>The CUDA device of this index.</summary>
    public static Device device(int index) => new(DeviceType.CUDA, index);

    /// <summary>Checks that a device can be used; null is the default device.</summary>
    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    /// <summary>Checks that a kind of device can be used.</summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"{deviceType} is not available: the libtorch in use has no such device on this machine.");
    }

    /// <summary>Whether a kind of device can be used.</summary>
    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType != DeviceType.CUDA || cuda.is_available();
}
