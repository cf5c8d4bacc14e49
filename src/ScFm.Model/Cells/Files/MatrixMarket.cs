using System.Buffers.Text;
using System.Text;

namespace ScFm.Model.Cells.Files;

/// <summary>Reads MatrixMarket files: coordinate, integer or real, general (NIST, "Text File Formats").</summary>
internal static class MatrixMarket
{
    /// <summary>Reads counts stored as genes by cells, the layout of 10x, and gives them as [cells, genes].</summary>
    /// <param name="path">matrix.mtx or matrix.mtx.gz.</param>
    /// <param name="genes">Number of genes that the feature file names.</param>
    /// <param name="cells">Number of cells that the barcode file names.</param>
    /// <param name="progress">Is told the share read, 0 to 1.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The file is no such matrix, or breaks its own header.</exception>
    internal static CsrMatrix ReadCounts(string path, int genes, int cells, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var lines = new LineReader(path);
        var integer = ReadBanner(lines);
        var (rows, columns, count) = ReadSize(lines);
        // A few programs write cells by genes; the two lists of names tell which way round it is.
        var transposed = rows == cells && columns == genes && rows != columns;
        if (!transposed && (rows != genes || columns != cells))
        {
            throw lines.Error($"the matrix has {rows} rows and {columns} columns; expected {genes} (lines of the feature file) by {cells} (lines of the barcode file).");
        }
        // An entry takes five bytes and more, and gzip packs by 1,032 at most: no memory is asked for what cannot be there.
        if (count > lines.FileLength * 1032 / 5)
        {
            throw lines.Error($"the header says {count} entries, more than a file of {lines.FileLength} bytes can hold; expected a whole file.");
        }
        var (rowOf, columnOf, values) = (new int[count], new int[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            if ((i & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report((double)i / count);
            }
            ReadEntry(lines, integer, rows, columns, i, count, out rowOf[i], out columnOf[i], out values[i]);
        }
        while (lines.TryRead(out var rest))
        {
            if (!rest.IsEmpty)
            {
                throw lines.Error($"there are more entries than the {count} that the header says.");
            }
        }
        progress?.Report(1);
        return transposed
            ? CsrMatrix.FromCoordinates(cells, genes, rowOf, columnOf, values)
            : CsrMatrix.FromCoordinates(cells, genes, columnOf, rowOf, values);
    }

    /// <summary>Reads the first line.</summary>
    /// <returns>True where it says integer, false where it says real.</returns>
    private static bool ReadBanner(LineReader lines)
    {
        if (!lines.TryRead(out var line) || !line.StartsWith("%%MatrixMarket"u8))
        {
            throw new InvalidDataException($"{lines.Path} is not a matrix: it begins with '{Excerpt(line)}'; expected '%%MatrixMarket matrix coordinate integer general'.");
        }
        var words = Encoding.UTF8.GetString(line).ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [_, "matrix", "coordinate", "integer" or "real", "general"])
        {
            throw lines.Error($"the matrix is '{string.Join(' ', words[1..])}'; expected 'matrix coordinate integer general' (or real).");
        }
        return words[3] == "integer";
    }

    private static (int Rows, int Columns, int Count) ReadSize(LineReader lines)
    {
        ReadOnlySpan<byte> line;
        do
        {
            if (!lines.TryRead(out line))
            {
                throw new InvalidDataException($"{lines.Path} ends before its size line; expected 'rows columns entries'.");
            }
        }
        while (line.IsEmpty || line[0] == (byte)'%');
        var rest = line;
        if (!TryInteger(ref rest, out var rows) || !TryInteger(ref rest, out var columns) || !TryInteger(ref rest, out var count)
            || rows is < 0 or > int.MaxValue || columns is < 0 or > int.MaxValue || count < 0 || count > Math.Min(Array.MaxLength, rows * columns))
        {
            throw lines.Error($"the size line is '{Excerpt(line)}'; expected three whole numbers: rows, columns and entries, at most rows times columns.");
        }
        return ((int)rows, (int)columns, (int)count);
    }

    private static void ReadEntry(LineReader lines, bool integer, int rows, int columns, int read, int count, out int row, out int column, out float value)
    {
        ReadOnlySpan<byte> line;
        do
        {
            if (!lines.TryRead(out line))
            {
                throw new InvalidDataException($"{lines.Path} has {read} entries; expected the {count} that its header says, so the file is truncated.");
            }
        }
        while (line.IsEmpty);
        var rest = line;
        if (!TryInteger(ref rest, out var rowNumber) || !TryInteger(ref rest, out var columnNumber) || !TryValue(rest, integer, out var found))
        {
            throw lines.Error($"found '{Excerpt(line)}'; expected a row, a column and a {(integer ? "whole " : "")}number.");
        }
        if (rowNumber < 1 || rowNumber > rows || columnNumber < 1 || columnNumber > columns)
        {
            throw lines.Error($"the entry stands at row {rowNumber}, column {columnNumber}; expected 1 to {rows} and 1 to {columns}.");
        }
        if (!(found >= 0) || float.IsInfinity(found))
        {
            throw lines.Error(FormattableString.Invariant($"the value is {found}; expected a count, which is not negative."));
        }
        (row, column, value) = ((int)rowNumber - 1, (int)columnNumber - 1, found);
    }

    private static bool TryInteger(ref ReadOnlySpan<byte> line, out long value)
    {
        line = line.TrimStart(" \t"u8);
        var parsed = Utf8Parser.TryParse(line, out value, out int used);
        line = line[used..];
        return parsed && (line.IsEmpty || line[0] is (byte)' ' or (byte)'\t');
    }

    private static bool TryValue(ReadOnlySpan<byte> token, bool integer, out float value)
    {
        token = token.Trim(" \t"u8);
        if (Utf8Parser.TryParse(token, out int whole, out int used) && used == token.Length)
        {
            value = whole;
            return true;
        }
        return Utf8Parser.TryParse(token, out value, out used) && used == token.Length && (!integer || value % 1 == 0);
    }

    private static string Excerpt(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, 60)]);
        return string.Concat(text.Select(c => char.IsControl(c) || c == '\uFFFD' ? '?' : c));
    }
}
