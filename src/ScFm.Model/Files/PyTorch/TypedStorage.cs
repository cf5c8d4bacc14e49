namespace ScFm.Model.Files.PyTorch;

/// <summary>A storage and the type that the pickle gives its values; null where it gives bytes only and each tensor says its type.</summary>
internal sealed record TypedStorage(TensorStorage Bytes, TensorType? Type);
