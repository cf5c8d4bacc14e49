using System.Globalization;
using ScFm.Model.Cells.Backed;
using ScFm.Model.Files.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Reads .loom files (loompy documentation, "Format specifications", versions 1 to 3): a dense matrix of genes by cells, and arrays of what is known of both.</summary>
internal static class LoomReader
{
    private static readonly string[] GeneNames = ["Gene", "GeneName", "gene_name", "gene_names", "gene_symbol", "gene_symbols", "var_names", "Accession", "gene_ids"];
    private static readonly string[] CellNames = ["CellID", "cell_id", "obs_names", "cell_names", "barcode", "Barcode"];

    internal static bool Is(Hdf5Object root) => root.Find("matrix") is { IsGroup: false } && root.Find("row_attrs") is not null;

    /// <summary>Opens the file: names and tables are read, matrices stay in it.</summary>
    internal static StoredCells Open(Hdf5Reader file, ReadOptions options)
    {
        var root = file.Root;
        if (options.UseRaw)
        {
            throw new InvalidDataException($"{root.Where} is a .loom file, which has no raw; expected ReadOptions without UseRaw.");
        }
        var notes = new List<string>();
        var layers = root.Find("layers");
        var main = options.Layer is { } layer
            ? (layers ?? throw new InvalidDataException($"{root.Where} has no layers; expected the layer '{layer}'.")).Open(layer)
            : root.Open("matrix");
        var x = StoredDense.Open(main, genesFirst: true);
        var (varNames, var, _) = ReadAttributes(root.Open("row_attrs"), x.Columns, options.GeneNames is { } column ? [column] : GeneNames, notes);
        var (obsNames, obs, matrices) = ReadAttributes(root.Open("col_attrs"), x.Rows, CellNames, notes);
        var cells = new StoredCells(file, x, obsNames, varNames, obs, var);
        foreach (var name in layers?.Children ?? [])
        {
            if (name != options.Layer)
            {
                cells.AddLayer(name, StoredDense.Open(layers!.Open(name), genesFirst: true));
            }
        }
        foreach (var matrix in matrices)
        {
            cells.AddObsm(matrix.Name, matrix.Where, (int)Math.Min(matrix.Shape[0], int.MaxValue), () => H5adMatrix.ReadDense(matrix));
        }
        foreach (var name in (string[])["row_graphs", "col_graphs"])
        {
            if (root.Find(name)?.Children is { Length: > 0 } children)
            {
                notes.Add($"{name} was left out ({string.Join(", ", children)}).");
            }
        }
        cells.Notes.AddRange(notes);
        return cells;
    }

    // One array a column; the first of the names that is there names the rows, and stays out of the table.
    private static (string[] Names, Table Table, List<Hdf5Object> Matrices) ReadAttributes(Hdf5Object group, int count, string[] candidates, List<string> notes)
    {
        var index = candidates.FirstOrDefault(group.Children.Contains);
        string[]? names = null;
        var (table, matrices) = (new Table(count), new List<Hdf5Object>());
        foreach (var name in group.Children)
        {
            var node = group.Open(name);
            if (ReadColumn(node, name) is { } column)
            {
                if (column.Length != count)
                {
                    throw new InvalidDataException($"{node.Where} has {column.Length} values; expected {count}, one for each of the matrix.");
                }
                if (name == index)
                {
                    names = [.. Enumerable.Range(0, count).Select(row => Convert.ToString(column[row], CultureInfo.InvariantCulture) ?? "")];
                }
                else
                {
                    table = table.With(column);
                }
            }
            else if (H5adMatrix.Is(node) && group.Name == "col_attrs")
            {
                matrices.Add(node);
            }
            else
            {
                notes.Add($"{node.Path} was left out: it is no column of a known kind.");
            }
        }
        if (names is null)
        {
            notes.Add($"{group.Name} has no names ({string.Join(", ", candidates.Take(3))}): its rows are numbered.");
        }
        return (names ?? NumberedNames.Of(count), table, matrices);
    }

    // Text that repeats itself is labels, as in tables of text.
    private static Column? ReadColumn(Hdf5Object node, string name)
    {
        if (node.IsGroup || node.Shape is not ([_] or [_, 1]))
        {
            return null;
        }
        return node.Class switch
        {
            Hdf5Class.Text when node.ReadTexts() is var texts => texts.Distinct().Count() < texts.Length ? CategoryColumn.FromLabels(name, texts) : new TextColumn(name, texts),
            Hdf5Class.Enum => new BooleanColumn(name, Array.ConvertAll(node.Read<sbyte>(), value => value != 0)),
            Hdf5Class.Integer => new IntegerColumn(name, node.Read<long>()),
            Hdf5Class.Float => new NumberColumn(name, node.Read<double>()),
            _ => null,
        };
    }
}
