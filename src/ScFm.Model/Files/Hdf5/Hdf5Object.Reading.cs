using System.Numerics;
using System.Text;

namespace ScFm.Model.Files.Hdf5;

internal sealed partial class Hdf5Object
{
    private const int PieceBytes = 1 << 22;

    /// <summary>The size of a dataset along each dimension; empty for a scalar.</summary>
    internal long[] Shape => Storage.Space.Shape;

    /// <summary>True for a dataset without elements: an empty array, or null in the place of one value.</summary>
    internal bool IsEmpty => Storage.Space.Count == 0;

    /// <summary>What the elements of a dataset are.</summary>
    internal Hdf5Class Class => Storage.Type.Class;

    /// <summary>True for a dataset of numbers or of yes and no.</summary>
    internal bool HoldsNumbers => storage is not null && storage.Type.IsNumber;

    /// <summary>The shape of a chunk of a dataset; null where it lies in one piece.</summary>
    internal long[]? Chunk => Storage.Chunk;

    private Hdf5Storage Storage => storage ?? throw new Hdf5Exception($"{Where} is {(IsGroup ? "a group" : "neither a group nor an array")}; expected an array.");

    /// <summary>All elements of a dataset of numbers.</summary>
    /// <remarks>Only data of at most two dimensions are laid out row after row; others are refused.</remarks>
    internal T[] Read<T>() where T : unmanaged, INumber<T>
    {
        var (rows, columns) = Sides();
        return ReadBlock<T>(0, rows, 0, columns);
    }

    /// <summary>Some elements of a dataset of one dimension, or whole rows of one of two.</summary>
    internal T[] ReadRows<T>(long first, long count) where T : unmanaged, INumber<T> => ReadBlock<T>(first, count, 0, Sides().Columns);

    /// <summary>Some rows and columns of a dataset of numbers, row after row.</summary>
    /// <exception cref="Hdf5Exception">It holds no numbers, lacks these rows, or is damaged.</exception>
    internal T[] ReadBlock<T>(long row, long rows, long column, long columns) where T : unmanaged, INumber<T>
    {
        ExpectBlock(row, rows, column, columns);
        var values = new T[rows * columns];
        ReadBlock<T>(row, rows, column, columns, values);
        return values;
    }

    /// <summary>All elements of a dataset of text, of fixed or variable length.</summary>
    internal string[] ReadTexts()
    {
        if (Class != Hdf5Class.Text)
        {
            throw new Hdf5Exception($"{Where} cannot be read as text: it holds {Class} values.");
        }
        var (rows, columns) = Sides();
        Storage.ExpectRoomFor(rows * columns);
        var all = new string[rows * columns];
        var size = Storage.Type.Size;
        var step = Math.Max(1, PieceBytes / Math.Max(1, columns * size));
        for (var done = 0L; done < rows; done += step)
        {
            var count = Math.Min(step, rows - done);
            var bytes = new byte[count * columns * size];
            Storage.Read(done, count, 0, columns, bytes);
            Texts(bytes, Storage.Type, (int)(count * columns)).CopyTo(all, done * columns);
        }
        return all;
    }

    private void ReadBlock<T>(long row, long rows, long column, long columns, Span<T> values) where T : unmanaged, INumber<T>
    {
        if (!Storage.Type.IsNumber)
        {
            throw new Hdf5Exception($"{Where} cannot be read as numbers: it holds {Storage.Type.Class} values.");
        }
        if (rows == 0 || columns == 0)
        {
            return;
        }
        // In pieces, so that beside the numbers only few bytes are held.
        var size = Storage.Type.Size;
        var step = Math.Max(1, PieceBytes / (columns * size));
        var bytes = new byte[Math.Min(step, rows) * columns * size];
        for (var done = 0L; done < rows; done += step)
        {
            var count = Math.Min(step, rows - done);
            var piece = bytes.AsSpan(0, (int)(count * columns * size));
            Storage.Read(row + done, count, column, columns, piece);
            NumberConversion.Convert(piece, Storage.Type, values.Slice((int)(done * columns), (int)(count * columns)));
        }
    }

    private string[] Texts(ReadOnlySpan<byte> bytes, Datatype type, int count)
    {
        var found = new string[count];
        if (type.IsVariable)
        {
            texts.Read(bytes, found);
            return found;
        }
        for (var i = 0; i < count; i++)
        {
            var text = bytes.Slice(i * type.Size, type.Size);
            text = text.IndexOf((byte)0) is >= 0 and var end ? text[..end] : text;
            found[i] = Encoding.UTF8.GetString(type.IsSpacePadded ? text.TrimEnd((byte)' ') : text);
        }
        return found;
    }

    private (long Rows, long Columns) Sides() => Storage.Space switch
    {
        { Count: 0 } => (0, 0),
        { Shape: [] } => (1, 1),
        { Shape: [var rows] } => (rows, 1),
        { Shape: [var rows, var columns] } => (rows, columns),
        var more => throw new Hdf5Exception($"{Where} has {more.Shape.Length} dimensions; expected at most two."),
    };

    private void ExpectBlock(long row, long rows, long column, long columns)
    {
        var (height, width) = Sides();
        if (row < 0 || rows < 0 || column < 0 || columns < 0 || row > height - rows || column > width - columns)
        {
            throw new Hdf5Exception($"{Where} has {height} rows of {width}; expected {rows} from {row} on and in them {columns} from {column} on.");
        }
        if ((Int128)rows * columns > Array.MaxLength)
        {
            throw new Hdf5Exception($"{Where} has {(Int128)rows * columns} elements; expected at most {Array.MaxLength}.");
        }
        Storage.ExpectRoomFor(rows * columns);
    }
}
