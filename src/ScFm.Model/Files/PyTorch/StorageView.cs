namespace ScFm.Model.Files.PyTorch;

/// <summary>A part of another storage, as PyTorch before 0.4 wrote it.</summary>
internal sealed class StorageView(TensorStorage whole, long start, long length) : TensorStorage
{
    public override long Length => length;

    public override void Read(long offset, Span<byte> destination) => whole.Read(start + offset, destination);
}
