using Microsoft.Win32.SafeHandles;

namespace ScFm.Model.Files.PyTorch;

/// <summary>A file of which any part can be read at any time.</summary>
internal sealed class CheckpointFile : IDisposable
{
    private readonly SafeFileHandle handle;

    public CheckpointFile(string path)
    {
        handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
        Length = RandomAccess.GetLength(handle);
    }

    /// <summary>The length in bytes.</summary>
    public long Length { get; }

    /// <summary>Fills the span from a position on.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public void Read(long position, Span<byte> destination)
    {
        Require(position, destination.Length);
        while (destination.Length > 0)
        {
            var count = RandomAccess.Read(handle, destination, position);
            if (count == 0)
            {
                throw new InvalidDataException($"it was cut to {position} bytes while it was read; expected {Length}");
            }
            position += count;
            destination = destination[count..];
        }
    }

    /// <summary>Bytes from a position on; none are set aside for what the file does not have.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public byte[] Read(long position, int count)
    {
        Require(position, count);
        var bytes = new byte[count];
        Read(position, bytes);
        return bytes;
    }

    /// <summary>Checks that the file has that many bytes there.</summary>
    /// <exception cref="InvalidDataException">It has not.</exception>
    public void Require(long position, long count)
    {
        if (position < 0 || count < 0 || position > Length || count > Length - position)
        {
            throw new InvalidDataException($"it has {Length} bytes; expected {count} at {position}");
        }
    }

    public void Dispose() => handle.Dispose();
}
