namespace ScFm.Model.Files.Hdf5;

/// <summary>The elements of a dataset, read as the bytes they are: any block of rows and columns.</summary>
internal sealed class Hdf5Storage
{
    private const long AlwaysAllowed = 16L << 20;
    private const long LargestRatio = 1100;

    private readonly Hdf5Image image;
    private readonly string where;
    private readonly long address;
    private readonly DataLayout layout;
    private readonly FilterPipeline filters;
    private readonly byte[]? fill;
    private readonly ChunkGrid? grid;
    private readonly Lazy<Dictionary<long, ChunkPlace>> chunks;

    internal Hdf5Storage(Hdf5Image image, long address, ObjectHeader header, HeaderMessage layoutMessage, Datatype type, Dataspace space, string where)
    {
        (this.image, this.address, this.where, Type, Space) = (image, address, where, type, space);
        layout = DataLayout.Parse(image, header.Open(layoutMessage, "a dataset's layout"));
        filters = FilterPipeline.Parse(image, header);
        fill = ReadFill(header);
        if (header.Find(HeaderMessage.ExternalFiles) is not null)
        {
            throw new Hdf5Exception($"{where} keeps its data in another file; expected them in this one.");
        }
        if (layout.Kind == DataLayout.Storage.Chunked)
        {
            grid = new ChunkGrid(image, space, layout.Chunk, where);
            ChunkBytes = layout.Chunk.Aggregate((Int128)type.Size, (product, size) => product * size) is var bytes && bytes <= Array.MaxLength
                ? (long)bytes
                : throw new Hdf5Exception($"{where} has chunks of {bytes} bytes; expected at most {Array.MaxLength}: the file is damaged.");
        }
        chunks = new(() => ChunkIndex.Read(image, layout, grid!, !filters.IsEmpty, ChunkBytes));
    }

    internal Datatype Type { get; }

    internal Dataspace Space { get; }

    /// <summary>The shape of a chunk; null where the elements lie in one piece.</summary>
    internal long[]? Chunk => grid?.Chunk;

    /// <summary>Bytes of a chunk unpacked; 0 where the elements lie in one piece.</summary>
    internal long ChunkBytes { get; }

    /// <summary>Throws where so many elements cannot lie in this file: a damaged size must not take the memory of the machine.</summary>
    internal void ExpectRoomFor(long count)
    {
        var bytes = (Int128)count * Type.Size;
        if (bytes <= AlwaysAllowed)
        {
            return;
        }
        Int128 stored = layout.Kind switch
        {
            DataLayout.Storage.Compact => layout.Content.Length,
            DataLayout.Storage.Contiguous => layout.Address == Hdf5Image.Nowhere ? 0 : image.Length,
            // Chunks that were never written count as their fill value; that half of all are so is more than files of cells have.
            _ => 2 * Int128.Min((Int128)chunks.Value.Count * ChunkBytes, Int128.Min(chunks.Value.Values.Sum(chunk => chunk.Size), image.Length) * (filters.IsEmpty ? 1 : LargestRatio)),
        };
        if (bytes > stored)
        {
            throw new Hdf5Exception($"{where} claims {count} elements of {Type.Size} bytes; expected no more than its stored {stored} bytes can hold: the file is damaged or truncated.");
        }
    }

    /// <summary>Reads a block.</summary>
    /// <param name="row">The first row; elements of data of one dimension are rows of one column.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="column">The first column.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="bytes">Gets the elements, row after row.</param>
    internal void Read(long row, long rows, long column, long columns, Span<byte> bytes)
    {
        switch (layout.Kind)
        {
            case DataLayout.Storage.Chunked:
                ReadChunks(row, rows, column, columns, bytes);
                break;
            case DataLayout.Storage.Contiguous when layout.Address == Hdf5Image.Nowhere:
                Fill(bytes);
                break;
            default:
                ReadPiece(row, rows, column, columns, bytes);
                break;
        }
    }

    private void ReadPiece(long row, long rows, long column, long columns, Span<byte> bytes)
    {
        var width = Space.Shape.Length > 1 ? Space.Shape[1] : 1;
        if (columns == width)
        {
            (rows, columns) = (1, rows * columns); // whole rows lie one after another
        }
        for (var i = 0L; i < rows; i++)
        {
            var from = ((row + i) * width + column) * Type.Size;
            var to = bytes.Slice((int)(i * columns * Type.Size), (int)(columns * Type.Size));
            if (layout.Kind == DataLayout.Storage.Contiguous)
            {
                image.Fill(layout.Address + from, to, $"the data of {where}");
                continue;
            }
            if (from + to.Length > layout.Content.Length)
            {
                throw image.Damage($"{layout.Content.Length} bytes of {where}; expected {from + to.Length}");
            }
            layout.Content.AsSpan((int)from, to.Length).CopyTo(to);
        }
    }

    private void ReadChunks(long row, long rows, long column, long columns, Span<byte> bytes)
    {
        var (height, width) = (layout.Chunk[0], layout.Chunk.Length > 1 ? layout.Chunk[1] : 1);
        for (var down = row / height; down * height < row + rows; down++)
        {
            for (var across = column / width; across * width < column + columns; across++)
            {
                var chunk = Chunks(grid!.Number(down, across));
                var (top, bottom) = (Math.Max(row, down * height), Math.Min(row + rows, (down + 1) * height));
                var (left, right) = (Math.Max(column, across * width), Math.Min(column + columns, (across + 1) * width));
                // Rows that are whole in both lie one after another in both.
                var (lines, length) = (bottom - top, right - left);
                (lines, length) = length == width && columns == width ? (1, lines * length) : (lines, length);
                for (var i = 0L; i < lines; i++)
                {
                    var to = bytes.Slice((int)(((top + i - row) * columns + left - column) * Type.Size), (int)(length * Type.Size));
                    if (chunk is null)
                    {
                        Fill(to);
                    }
                    else
                    {
                        chunk.AsSpan((int)(((top + i - down * height) * width + left - across * width) * Type.Size), to.Length).CopyTo(to);
                    }
                }
            }
        }
    }

    private byte[]? Chunks(long number)
    {
        var key = new ChunkKey(image.Key, address, number);
        if (ChunkCache.OfAllFiles.Find(key) is { } kept)
        {
            return kept;
        }
        if (!chunks.Value.TryGetValue(number, out var place))
        {
            return null;
        }
        var packed = image.At(place.Address, place.Size, $"a chunk of {where}").Bytes(place.Size).ToArray();
        var unpacked = filters.Unpack(packed, ChunkBytes, Type.Size, place.Skipped, where);
        ChunkCache.OfAllFiles.Keep(key, unpacked);
        return unpacked;
    }

    private void Fill(Span<byte> bytes)
    {
        if (fill is null)
        {
            bytes.Clear();
            return;
        }
        for (; bytes.Length >= fill.Length; bytes = bytes[fill.Length..])
        {
            fill.CopyTo(bytes);
        }
    }

    // The value of what was never written; null for zeros.
    private byte[]? ReadFill(ObjectHeader header)
    {
        if (header.Find(HeaderMessage.FillValue) is not { } message)
        {
            return null;
        }
        var cursor = header.Open(message, "a fill value");
        var version = cursor.Byte();
        var defined = version == 3 ? (cursor.Byte() & 0x20) != 0 : cursor.Bytes(3)[2] != 0;
        var size = defined && cursor.Left >= 4 ? cursor.UInt32() : 0;
        return size == Type.Size && !Type.IsVariable ? cursor.Bytes(size).ToArray() : null;
    }
}
