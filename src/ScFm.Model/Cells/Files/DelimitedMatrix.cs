using System.Buffers.Text;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Reads a matrix written as comma- or tab-separated text: names in the first line and in the first field of every other.</summary>
internal static class DelimitedMatrix
{
    // Symbols that nearly every table of human or mouse genes has, to tell genes from cells.
    private static readonly HashSet<string> KnownGenes = new(
        ["ACTB", "GAPDH", "B2M", "MALAT1", "EEF1A1", "TMSB4X", "RPLP0", "RPL3", "RPS3", "FTL", "FTH1", "A1BG", "A2M", "MT-CO1", "CD74", "VIM", "TP53", "MYC", "UBC", "PTPRC"],
        StringComparer.OrdinalIgnoreCase);

    internal static AnnData Read(string path, ReadOptions options, CancellationToken cancellation)
    {
        using var lines = new LineReader(path);
        var separator = Fields.Separator(path);
        if (!lines.TryRead(out var line) || line.IsEmpty)
        {
            throw new InvalidDataException($"{path} is empty; expected a line of names and a line for each cell or gene.");
        }
        var header = Fields.Split(line, separator);
        var names = new List<string>();
        var (rowOf, columnOf, values) = (new List<int>(), new List<int>(), new List<float>());
        while (lines.TryRead(out line))
        {
            if (line.IsEmpty)
            {
                continue;
            }
            cancellation.ThrowIfCancellationRequested();
            options.Progress?.Report(Math.Min(1, (double)lines.Position / lines.FileLength));
            var rest = line;
            var more = Fields.Next(ref rest, separator, out var name);
            names.Add(Fields.Text(name));
            var column = 0;
            while (more)
            {
                more = Fields.Next(ref rest, separator, out var field);
                if (Number(field, lines, column) is var value && value != 0)
                {
                    rowOf.Add(names.Count - 1);
                    columnOf.Add(column);
                    values.Add(value);
                }
                column++;
            }
            // R writes no field above the row names, everyone else writes one.
            if (names.Count == 1 && header.Count == column + 1)
            {
                header.RemoveAt(0);
            }
            if (column != header.Count || column == 0)
            {
                throw lines.Error($"the line has {column} values; expected {header.Count}, one for each name of the header (is the separator a {(separator == ',' ? "comma" : "tab")}?).");
            }
        }
        if (names.Count == 0)
        {
            throw new InvalidDataException($"{path} has a header of {header.Count} names and nothing below it; expected a line for each cell or gene.");
        }
        return Place(options.Cells, names, header, [.. rowOf], [.. columnOf], [.. values]);
    }

    private static AnnData Place(CellPlacement placement, List<string> rows, List<string> columns, int[] rowOf, int[] columnOf, float[] values)
    {
        var genesInRows = placement == CellPlacement.Columns || (placement == CellPlacement.Detect && rows.Count(IsGene) > columns.Count(IsGene));
        var (cells, genes) = genesInRows ? (columns, rows) : (rows, columns);
        var x = genesInRows
            ? CsrMatrix.FromCoordinates(cells.Count, genes.Count, columnOf, rowOf, values)
            : CsrMatrix.FromCoordinates(cells.Count, genes.Count, rowOf, columnOf, values);
        return new AnnData(x, [.. cells], [.. genes], var: new Table(genes.Count));
    }

    private static bool IsGene(string name) => GeneAliases.IsEnsembl(name) || KnownGenes.Contains(name);

    private static float Number(ReadOnlySpan<byte> field, LineReader lines, int column)
    {
        if (field is [(byte)'0'])
        {
            return 0;
        }
        field = field is [(byte)'"', .., (byte)'"'] ? field[1..^1] : field.Trim((byte)' ');
        return Utf8Parser.TryParse(field, out float value, out var used) && used == field.Length && float.IsFinite(value)
            ? value
            : throw lines.Error($"the value in column {column + 2} is '{Fields.Text(field[..Math.Min(field.Length, 40)])}'; expected a finite number.");
    }
}
