namespace ScFm.Model.Files.PyTorch;

/// <summary>A storage whose bytes stay in the file until a tensor is read.</summary>
internal sealed class FileStorage(CheckpointFile file, long length) : TensorStorage
{
    public override long Length => length;

    /// <summary>Where the bytes begin in the file; a stream of the old format tells it only after the pickle.</summary>
    public long Position { get; set; }

    public override void Read(long offset, Span<byte> destination) => file.Read(Position + offset, destination);
}
