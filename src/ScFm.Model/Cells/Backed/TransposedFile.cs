using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Cells.Backed;

/// <summary>The rows of a matrix in compressed columns, written to a temporary file once and read from there.</summary>
/// <remarks>
/// Three steps, each of which holds little: count the values of each row; deal the values, column after column, into bands of neighbouring rows in one temporary file;
/// sort each band, which fits the memory allowed, by rows into another. The values of a row come in the order of their columns, so the rows are sorted.
/// </remarks>
internal sealed class TransposedFile : IDisposable
{
    private const int BlockValues = 1 << 18;

    private readonly string where;
    private readonly int columns;
    private readonly long[] offsets;
    private readonly SafeFileHandle file;

    internal TransposedFile(string where, int rows, int columns, long[] columnOffsets, Hdf5Object indices, Hdf5Object values, long budget, CancellationToken cancellation)
    {
        (this.where, this.columns) = (where, columns);
        offsets = CountRows(rows, indices, columnOffsets[^1], cancellation);
        file = Temporary();
        try
        {
            using var dealt = Temporary();
            var bands = Bands(Math.Max(1, budget / 2 / Marshal.SizeOf<Entry>()));
            Deal(dealt, bands, columnOffsets, indices, values, budget, cancellation);
            for (var band = 0; band + 1 < bands.Count; band++)
            {
                cancellation.ThrowIfCancellationRequested();
                Sort(dealt, bands[band], bands[band + 1]);
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads neighbouring rows.</summary>
    internal CsrMatrix Read(int first, int count)
    {
        var (from, length) = (offsets[first], offsets[first + count] - offsets[first]);
        var (indices, values) = (new int[StoredMatrix.Room(where, length)], new float[length]);
        var piece = new Place[Math.Min(BlockValues, length)]; // of all of them the bytes would be more than a span counts
        for (var done = 0L; done < length; done += piece.Length)
        {
            var places = piece.AsSpan(0, (int)Math.Min(piece.Length, length - done));
            Fill(file, MemoryMarshal.AsBytes(places), (from + done) * Marshal.SizeOf<Place>());
            for (var i = 0; i < places.Length; i++)
            {
                (indices[done + i], values[done + i]) = (places[i].Column, places[i].Value);
            }
        }
        var own = new long[count + 1];
        for (var i = 0; i <= count; i++)
        {
            own[i] = offsets[first + i] - from;
        }
        return CsrMatrix.FromFile(count, columns, own, indices, values);
    }

    public void Dispose() => file.Dispose();

    private long[] CountRows(int rows, Hdf5Object indices, long total, CancellationToken cancellation)
    {
        var counted = new long[rows + 1];
        for (var from = 0L; from < total; from += BlockValues)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var row in indices.ReadRows<int>(from, Math.Min(BlockValues, total - from)))
            {
                if ((uint)row >= (uint)rows)
                {
                    throw new InvalidDataException($"{where}: A value stands in row {row}; expected 0 to {rows - 1}.");
                }
                counted[row + 1]++;
            }
        }
        for (var row = 0; row < rows; row++)
        {
            if (counted[row + 1] > columns)
            {
                throw new InvalidDataException($"{where}: Row {row} has {counted[row + 1]} values in {columns} columns; expected at most one in each.");
            }
            counted[row + 1] += counted[row];
        }
        return counted;
    }

    // The first row of each band, and the number of rows at the end; a row of more values than allowed is a band by itself.
    private List<int> Bands(long mostValues)
    {
        var bands = new List<int> { 0 };
        for (var row = 1; row < offsets.Length - 1; row++)
        {
            if (offsets[row + 1] - offsets[bands[^1]] > mostValues)
            {
                bands.Add(row);
            }
        }
        bands.Add(offsets.Length - 1);
        return bands;
    }

    private void Deal(SafeFileHandle dealt, List<int> bands, long[] columnOffsets, Hdf5Object indices, Hdf5Object values, long budget, CancellationToken cancellation)
    {
        var bandOf = new int[offsets.Length - 1];
        for (var band = 0; band + 1 < bands.Count; band++)
        {
            bandOf.AsSpan(bands[band]..bands[band + 1]).Fill(band);
        }
        var size = (int)Math.Clamp(budget / 4 / Marshal.SizeOf<Entry>() / (bands.Count - 1), 64, 1 << 20);
        var buffers = new Entry[bands.Count - 1][];
        var (held, written) = (new int[bands.Count - 1], bands.Select(row => offsets[row]).ToArray());
        var (column, total) = (0, columnOffsets[^1]);
        for (var from = 0L; from < total; from += BlockValues)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(BlockValues, total - from);
            var (rowOf, numbers) = (indices.ReadRows<int>(from, count), values.ReadRows<float>(from, count));
            for (var i = 0; i < count; i++)
            {
                while (columnOffsets[column + 1] <= from + i)
                {
                    column++;
                }
                var band = bandOf[rowOf[i]];
                (buffers[band] ??= new Entry[size])[held[band]++] = new Entry { Row = rowOf[i], Column = column, Value = numbers[i] };
                if (held[band] == size)
                {
                    Flush(band);
                }
            }
        }
        for (var band = 0; band < held.Length; band++)
        {
            Flush(band);
        }

        void Flush(int band)
        {
            if (held[band] > 0)
            {
                RandomAccess.Write(dealt, MemoryMarshal.AsBytes(buffers[band].AsSpan(0, held[band])), written[band] * Marshal.SizeOf<Entry>());
                (written[band], held[band]) = (written[band] + held[band], 0);
            }
        }
    }

    private void Sort(SafeFileHandle dealt, int first, int end)
    {
        var (from, count) = (offsets[first], offsets[end] - offsets[first]);
        var (entries, sorted) = (new Entry[count], new Place[count]);
        Fill(dealt, MemoryMarshal.AsBytes(entries.AsSpan()), from * Marshal.SizeOf<Entry>());
        var next = offsets[first..end];
        foreach (var entry in entries)
        {
            sorted[next[entry.Row - first]++ - from] = new Place { Column = entry.Column, Value = entry.Value };
        }
        RandomAccess.Write(file, MemoryMarshal.AsBytes(sorted.AsSpan()), from * Marshal.SizeOf<Place>());
    }

    private static void Fill(SafeFileHandle handle, Span<byte> bytes, long from)
    {
        while (!bytes.IsEmpty)
        {
            var count = RandomAccess.Read(handle, bytes, from);
            bytes = bytes[(count > 0 ? count : throw new EndOfStreamException("A temporary file ends early."))..];
            from += count;
        }
    }

    // Windows deletes such a file when its process ends, however that is. Elsewhere nothing would: there the name goes at once, and the bytes stay until the handle is closed.
    private static SafeFileHandle Temporary()
    {
        var path = Path.Combine(Path.GetTempPath(), $"scfm-{Guid.NewGuid():N}.tmp");
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        }
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        File.Delete(path);
        return handle;
    }

    private struct Entry
    {
        public int Row;
        public int Column;
        public float Value;
    }

    private struct Place
    {
        public int Column;
        public float Value;
    }
}
