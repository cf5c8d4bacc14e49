using System.Runtime.InteropServices;
using ScFm.Model.Tables;

namespace ScFm.Model.Corpora.Store;

/// <summary>A column of obs as a file: its rows one after another, little-endian, and what else its type has.</summary>
internal static class ColumnFile
{
    private const int RowsAtOnce = 1 << 16;

    /// <summary>Writes a column.</summary>
    /// <exception cref="NotSupportedException">The column is of a type that a store does not know.</exception>
    public static ColumnEntry Write(string path, Column column)
    {
        var (kind, write) = column switch
        {
            CategoryColumn categories => (ColumnKind.Categories, (Action<BinaryWriter>)(writer => WriteCategories(writer, categories))),
            IntegerColumn integers => (ColumnKind.Integers, writer => WriteRows(writer, integers.Values)),
            NumberColumn numbers => (ColumnKind.Numbers, writer => WriteNumbers(writer, numbers)),
            BooleanColumn booleans => (ColumnKind.Booleans, writer => WriteRows(writer, booleans.Values)),
            TextColumn texts => (ColumnKind.Texts, writer => StoredTexts.Write(writer, texts.Values.ToArray())),
            _ => throw new NotSupportedException($"Column '{column.Name}' is a {column.GetType().Name}; expected categories, integers, numbers, booleans or texts."),
        };
        return new ColumnEntry(column.Name, kind, StoreFile.Write(path, write));
    }

    /// <summary>Reads a column that was written.</summary>
    /// <exception cref="InvalidDataException">The file is missing or damaged, or contradicts the manifest.</exception>
    public static Column Read(string path, ColumnEntry entry, int rows) => entry.File.Read<Column>(path, rows, reader => entry.Kind switch
    {
        ColumnKind.Categories => ReadCategories(reader, entry.Name, rows),
        ColumnKind.Integers => new IntegerColumn(entry.Name, ReadRows<long>(reader, rows)),
        ColumnKind.Numbers => ReadNumbers(reader, entry.Name, rows),
        ColumnKind.Booleans => new BooleanColumn(entry.Name, Array.ConvertAll(ReadRows<byte>(reader, rows), flag => flag != 0)),
        ColumnKind.Texts => new TextColumn(entry.Name, StoredTexts.Read(reader, rows)),
        _ => throw new FormatException($"column '{entry.Name}' is of kind {entry.Kind}"),
    });

    private static void WriteNumbers(BinaryWriter writer, NumberColumn numbers)
    {
        writer.Write(numbers.Format);
        WriteRows(writer, numbers.Values);
    }

    private static NumberColumn ReadNumbers(BinaryReader reader, string name, int rows)
    {
        var format = reader.ReadString();
        return new NumberColumn(name, ReadRows<double>(reader, rows), format);
    }

    private static void WriteCategories(BinaryWriter writer, CategoryColumn column)
    {
        writer.Write(column.Ordered);
        writer.Write(column.Categories.Count);
        StoredTexts.Write(writer, column.Categories);
        var codes = column.Codes.ToArray();
        switch (column.Categories.Count)
        {
            case <= sbyte.MaxValue + 1:
                WriteRows<sbyte>(writer, Array.ConvertAll(codes, code => (sbyte)code));
                break;
            case <= short.MaxValue + 1:
                WriteRows<short>(writer, Array.ConvertAll(codes, code => (short)code));
                break;
            default:
                WriteRows<int>(writer, codes);
                break;
        }
    }

    private static CategoryColumn ReadCategories(BinaryReader reader, string name, int rows)
    {
        var (ordered, count) = (reader.ReadBoolean(), reader.ReadInt32());
        if (count < 0 || count > reader.BaseStream.Length)
        {
            throw new FormatException($"column '{name}' has {count} labels");
        }
        var labels = StoredTexts.ReadAll(reader, count);
        var codes = count switch
        {
            <= sbyte.MaxValue + 1 => Array.ConvertAll(ReadRows<sbyte>(reader, rows), code => (int)code),
            <= short.MaxValue + 1 => Array.ConvertAll(ReadRows<short>(reader, rows), code => (int)code),
            _ => ReadRows<int>(reader, rows),
        };
        return new CategoryColumn(name, codes, labels, ordered);
    }

    // Some rows at a time: a span of bytes ends at 2 GiB.
    private static void WriteRows<T>(BinaryWriter writer, ReadOnlySpan<T> values) where T : unmanaged
    {
        for (; values.Length > 0; values = values[Math.Min(RowsAtOnce, values.Length)..])
        {
            writer.Write(MemoryMarshal.AsBytes(values[..Math.Min(RowsAtOnce, values.Length)]));
        }
    }

    private static T[] ReadRows<T>(BinaryReader reader, int rows) where T : unmanaged
    {
        var values = new T[rows];
        for (var rest = values.AsSpan(); rest.Length > 0; rest = rest[Math.Min(RowsAtOnce, rest.Length)..])
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rest[..Math.Min(RowsAtOnce, rest.Length)]));
        }
        return values;
    }
}
