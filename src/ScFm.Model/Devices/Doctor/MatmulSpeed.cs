namespace ScFm.Model.Devices;

/// <summary>How fast a device multiplies large matrices, operations a second.</summary>
/// <param name="Device">Such as cpu or cuda:0.</param>
/// <param name="Float32">In float32.</param>
/// <param name="BFloat16">In bfloat16.</param>
public sealed record MatmulSpeed(string Device, double Float32, double BFloat16);
