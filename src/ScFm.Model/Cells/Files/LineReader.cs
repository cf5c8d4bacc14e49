namespace ScFm.Model.Cells.Files;

/// <summary>Reads the lines of a file as bytes, without making a string of each.</summary>
internal sealed class LineReader : IDisposable
{
    private readonly Stream stream;
    private readonly Stream file;
    private byte[] buffer = new byte[1 << 18];
    private int begin;
    private int end;
    private bool ended;
    private long unpacked;

    internal LineReader(string path)
    {
        Path = path;
        stream = DataFile.Open(path);
        file = stream is System.IO.Compression.GZipStream gzip ? gzip.BaseStream : stream;
    }

    /// <summary>The file that is read.</summary>
    internal string Path { get; }

    /// <summary>How many bytes of the file, as it lies on the disk, were taken so far.</summary>
    internal long Position => file.Position;

    /// <summary>The size of the file, as it lies on the disk, in bytes.</summary>
    internal long FileLength => file.Length;

    /// <summary>Number of the line read last, counted from 1.</summary>
    internal long LineNumber { get; private set; }

    /// <summary>Reads the next line, without its line end.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InvalidDataException">The gzip data are broken or end early.</exception>
    internal bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        int length;
        while ((length = buffer.AsSpan(begin + searched, end - begin - searched).IndexOf((byte)'\n')) < 0 && !ended)
        {
            searched = end - begin;
            Fill();
        }
        if (length < 0 && begin == end)
        {
            line = default;
            return false;
        }
        var whole = buffer.AsSpan(begin, length < 0 ? end - begin : searched + length);
        begin += whole.Length + (length < 0 ? 0 : 1);
        line = whole.EndsWith("\r"u8) ? whole[..^1] : whole;
        LineNumber++;
        return true;
    }

    /// <summary>An error at the line read last: "file, line n: what".</summary>
    internal InvalidDataException Error(string what) => new($"{Path}, line {LineNumber}: {what}");

    public void Dispose() => stream.Dispose();

    private void Fill()
    {
        if (begin > 0)
        {
            buffer.AsSpan(begin..end).CopyTo(buffer);
            (begin, end) = (0, end - begin);
        }
        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        try
        {
            var read = stream.Read(buffer, end, buffer.Length - end);
            end += read;
            unpacked += read;
            ended = read == 0;
        }
        catch (InvalidDataException error)
        {
            throw Broken(error);
        }
        if (ended && stream != file && !GzipTrailer.IsWhole(Path, unpacked))
        {
            throw Broken();
        }
    }

    private InvalidDataException Broken(Exception? cause = null) =>
        new($"{Path}: the gzip data are broken or end early, after line {LineNumber}; expected a whole gzip file.", cause);
}
