namespace ScFm.Torch.Extras;

/// <summary>Memory of tensors on a device, in bytes; null for what libtorch does not tell.</summary>
/// <param name="Used">In use now. On the processor only blocks of 1 MiB and more are counted.</param>
/// <param name="Peak">The most that was in use together since <see cref="DeviceMemory.ResetPeak"/>.</param>
/// <param name="Free">What new tensors may take.</param>
/// <param name="Total">All memory of the device.</param>
public readonly record struct MemoryUse(long? Used, long? Peak, long? Free, long? Total);
