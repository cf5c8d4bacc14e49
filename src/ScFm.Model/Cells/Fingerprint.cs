using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>A short text that differs where cells, models or settings differ, so that a run is not resumed on others and a kept result not taken for that of others.</summary>
public sealed class Fingerprint
{
    private const int Bytes = 8;
    private const int Piece = 1 << 20; // a span of bytes ends at 2 GiB

    private readonly IncrementalHash hash;

    private Fingerprint(IncrementalHash hash) => this.hash = hash;

    /// <summary>Sixteen hexadecimal digits that change with anything that is added, and with the order.</summary>
    /// <param name="add">Adds what the fingerprint is of.</param>
    public static string Of(Action<Fingerprint> add)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        add(new Fingerprint(hash));
        return Text(hash);
    }

    /// <summary>The fingerprint of numbers.</summary>
    public static string Of<T>(ReadOnlySpan<T> numbers) where T : unmanaged
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        new Fingerprint(hash).Add(numbers);
        return Text(hash);
    }

    /// <summary>The fingerprint of cells as a model meets them: values, names and the genes' ids; not what is known of each cell.</summary>
    public static string Of(AnnData cells) => Of(hash => hash.Add(cells.X).Add(cells.VarNames).Add(cells.ObsNames).Add(((ICellSource)cells).GeneIds ?? []));

    /// <summary>The fingerprint of settings in words.</summary>
    public static string Of(string settings) => Of(hash => hash.Add(settings));

    /// <summary>Adds a text; null differs from an empty one.</summary>
    public Fingerprint Add(string? text)
    {
        Add<int>([text?.Length ?? -1]); // so that two texts are not their joint one
        hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
        return this;
    }

    /// <summary>Adds texts.</summary>
    public Fingerprint Add(IReadOnlyCollection<string?> texts)
    {
        Add<int>([texts.Count]);
        foreach (var text in texts)
        {
            Add(text);
        }
        return this;
    }

    /// <summary>Adds numbers, however many.</summary>
    public Fingerprint Add<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        for (; values.Length > Piece; values = values[Piece..])
        {
            hash.AppendData(MemoryMarshal.AsBytes(values[..Piece]));
        }
        hash.AppendData(MemoryMarshal.AsBytes(values));
        return this;
    }

    /// <summary>Adds a matrix: its values and their places.</summary>
    public Fingerprint Add(CsrMatrix matrix) => Add<int>([matrix.Rows, matrix.Columns]).Add<long>(matrix.Offsets).Add<int>(matrix.Indices).Add<float>(matrix.Values);

    /// <summary>Adds every byte of a file, which is read once.</summary>
    public Fingerprint AddFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        var buffer = new byte[Piece];
        while (file.Read(buffer) is > 0 and var count)
        {
            hash.AppendData(buffer, 0, count);
        }
        return this;
    }

    /// <summary>Adds a table: the names of its columns and what stands in them.</summary>
    public Fingerprint Add(Table table)
    {
        foreach (var column in table.Columns)
        {
            Add(column.Name);
            _ = column switch
            {
                IntegerColumn integers => Add(integers.Values),
                NumberColumn numbers => Add(numbers.Values),
                BooleanColumn booleans => Add(booleans.Values),
                _ => Add(ColumnLabels.Of(column)),
            };
        }
        return this;
    }

    private static string Text(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Bytes));
}
