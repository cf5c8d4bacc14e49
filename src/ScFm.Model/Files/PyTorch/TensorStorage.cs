namespace ScFm.Model.Files.PyTorch;

/// <summary>The bytes that tensors are views of.</summary>
internal abstract class TensorStorage
{
    /// <summary>The length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Fills the span with the bytes from an offset on.</summary>
    public abstract void Read(long offset, Span<byte> destination);
}
