namespace ScFm.Model.Files.PyTorch;

/// <summary>A storage whose bytes stood inside the pickle, as those of NumPy arrays do.</summary>
internal sealed class MemoryStorage(byte[] bytes) : TensorStorage
{
    public override long Length => bytes.Length;

    public override void Read(long offset, Span<byte> destination) => bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
}
