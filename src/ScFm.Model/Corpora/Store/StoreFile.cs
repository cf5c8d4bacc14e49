using System.Text;

namespace ScFm.Model.Corpora.Store;

/// <summary>What the manifest says of a file of the store.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Checksum">CRC-32C of all of it, eight hexadecimal digits.</param>
internal sealed record StoreFile(long Bytes, string Checksum)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes a new file and measures it.</summary>
    public static StoreFile Write(string path, Action<BinaryWriter> write)
    {
        using (var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes))
        using (var writer = new BinaryWriter(stream, Encoding.UTF8))
        {
            write(writer);
        }
        return new StoreFile(new FileInfo(path).Length, Store.Checksum.Text(Store.Checksum.OfFile(path)));
    }

    /// <summary>Checks the file and reads it to its end.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="rows">How many rows it holds, each of a byte or more.</param>
    /// <param name="read">Reads the content.</param>
    /// <exception cref="InvalidDataException">It is missing or damaged, or holds more or less than it should.</exception>
    public T Read<T>(string path, int rows, Func<BinaryReader, T> read)
    {
        Check(path);
        InvalidDataException Bad(string what, Exception? cause = null) => new($"'{path}' does not hold {rows:N0} rows, as the corpus's manifest says: {what}.", cause);
        if (Bytes < rows)
        {
            throw Bad($"it has {Bytes:N0} bytes"); // found before room for the rows is asked for
        }
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        try
        {
            var content = read(reader);
            return stream.Position == stream.Length ? content : throw Bad($"its content ends at byte {stream.Position:N0} of {stream.Length:N0}");
        }
        catch (Exception error) when (error is IOException or FormatException or ArgumentException)
        {
            throw Bad(error.Message.TrimEnd('.'), error);
        }
    }

    /// <summary>Holds the file's length against the manifest, which costs no reading.</summary>
    /// <exception cref="InvalidDataException">It is missing or of another length.</exception>
    public void CheckLength(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != Bytes)
        {
            throw new InvalidDataException($"'{path}' {(file.Exists ? $"has {file.Length:N0} bytes" : "is missing")}; expected a file of {Bytes:N0} bytes, as the corpus's manifest says.");
        }
    }

    /// <summary>Reads the whole file and holds its length and checksum against the manifest.</summary>
    /// <exception cref="InvalidDataException">It is missing, or was changed since it was written.</exception>
    public void Check(string path, CancellationToken cancellation = default)
    {
        CheckLength(path);
        var found = Store.Checksum.Text(Store.Checksum.OfFile(path, cancellation));
        if (found != Checksum)
        {
            throw new InvalidDataException($"'{path}' has the checksum {found}; expected {Checksum}, so it was changed after the corpus was made.");
        }
    }
}
