namespace ScFm.Model.Devices;

/// <summary>An NVIDIA card.</summary>
/// <param name="Name">Its name, such as NVIDIA H200.</param>
/// <param name="Memory">Its memory, bytes.</param>
/// <param name="Capability">Its compute capability, such as 9.0.</param>
public sealed record CudaCard(string Name, long Memory, Version Capability);
