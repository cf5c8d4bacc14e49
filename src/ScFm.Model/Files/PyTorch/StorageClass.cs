namespace ScFm.Model.Files.PyTorch;

/// <summary>The class of a storage, such as torch.FloatStorage; no type for one of bytes.</summary>
internal sealed record StorageClass(TensorType? Type);
