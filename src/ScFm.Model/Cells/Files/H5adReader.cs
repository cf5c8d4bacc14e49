using ScFm.Model.Cells.Backed;
using ScFm.Model.Files.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Reads .h5ad files, in anndata's encodings since 0.7 (anndata documentation, "On-disk format").</summary>
internal static class H5adReader
{
    private static readonly string[] SymbolColumns = ["gene_name", "gene_names", "gene_symbol", "gene_symbols", "feature_name", "symbol"];

    /// <summary>Opens the file: names and tables are read, matrices and uns stay in it.</summary>
    internal static StoredCells Open(Hdf5Reader file, string path, ReadOptions options)
    {
        var root = file.Root;
        var notes = new List<string>();
        var raw = root.Find("raw");
        if (options.UseRaw && raw is null)
        {
            throw new InvalidDataException($"{path} has no raw; expected one, since ReadOptions.UseRaw asks for it.");
        }
        if (!options.UseRaw && raw is not null)
        {
            notes.Add("raw was left out; ReadOptions.UseRaw reads it in the place of X.");
        }
        var source = options.UseRaw ? raw! : root;
        var (obsNames, obs) = H5adTable.Read(root.Open("obs"), notes);
        var (varNames, var) = H5adTable.Read(source.Open("var"), notes);
        var x = H5adMatrix.Open(Matrix(root, source, path, options, notes));
        (varNames, var) = NameGenes(varNames, var, options.GeneNames, notes);
        var cells = new StoredCells(file, x, obsNames, varNames, obs, var);
        if (!options.UseRaw)
        {
            OpenLayers(root, cells, options.Layer);
        }
        OpenObsm(root, cells, notes);
        if (root.Find("uns") is { } uns)
        {
            cells.AddUns(found => ReadUns(uns, found));
        }
        foreach (var name in (string[])["varm", "obsp", "varp"])
        {
            if (root.Find(name)?.Children is { Length: > 0 } children)
            {
                notes.Add($"{name} was left out ({string.Join(", ", children)}).");
            }
        }
        cells.Notes.AddRange(notes);
        return cells;
    }

    private static Hdf5Object Matrix(Hdf5Object root, Hdf5Object source, string path, ReadOptions options, List<string> notes)
    {
        if (options.Layer is not { } layer)
        {
            return source.Open("X");
        }
        if (options.UseRaw)
        {
            throw new ArgumentException($"ReadOptions asks for raw and for the layer '{layer}'; expected one of them.");
        }
        notes.Add($"The matrix is the layer '{layer}' instead of X.");
        return (root.Find("layers") ?? throw new InvalidDataException($"{path} has no layers; expected the layer '{layer}'.")).Open(layer);
    }

    private static void OpenLayers(Hdf5Object root, StoredCells cells, string? asX)
    {
        var layers = root.Find("layers");
        foreach (var name in layers?.Children ?? [])
        {
            if (name != asX)
            {
                cells.AddLayer(name, H5adMatrix.Open(layers!.Open(name)));
            }
        }
    }

    private static void OpenObsm(Hdf5Object root, StoredCells cells, List<string> notes)
    {
        var obsm = root.Find("obsm");
        foreach (var name in obsm?.Children ?? [])
        {
            var node = obsm!.Open(name);
            if (H5adMatrix.Is(node))
            {
                cells.AddObsm(name, node.Where, H5adMatrix.Open(node).Rows, () => H5adMatrix.ReadDense(node));
            }
            else if (node.TextAttribute("encoding-type") == "dataframe")
            {
                var (_, frame) = H5adTable.Read(node, notes);
                var numbers = NumberFrame.Of(frame);
                cells.AddObsm(name, node.Where, frame.RowCount, () => numbers.Values);
                cells.Uns.TryAdd($"{name}_columns", numbers.Columns);
                notes.Add($"obsm/{name} is a data frame: its numbers were taken as a matrix, the names of their columns stand in uns/{name}_columns{numbers.LeftOut}.");
            }
            else
            {
                notes.Add($"obsm/{name} was left out: it is no matrix with one row a cell.");
            }
        }
    }

    private static Dictionary<string, object> ReadUns(Hdf5Object uns, List<string> notes)
    {
        var values = new Dictionary<string, object>();
        try
        {
            foreach (var name in uns.Children)
            {
                if (H5adValue.Read(uns.Open(name), notes) is { } value)
                {
                    values[name] = value;
                }
            }
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{uns.Where}: {error.Message}", error);
        }
        return values;
    }

    // Files that name genes by Ensembl id or number often have the symbols in a column: the symbols are the better names.
    private static (string[] Names, Table Var) NameGenes(string[] names, Table var, string? column, List<string> notes)
    {
        var plain = names.Length > 0 && names.Take(50).All(name => GeneAliases.IsEnsembl(name) || name.All(char.IsAsciiDigit));
        column ??= plain ? SymbolColumns.FirstOrDefault(candidate => var.Find(candidate) is TextColumn or CategoryColumn) : null;
        if (column is null)
        {
            return (names, var);
        }
        var symbols = var.Find(column)
            ?? throw new InvalidDataException($"var has no column '{column}' that could name the genes; it has {string.Join(", ", var.Columns.Select(one => one.Name))}.");
        notes.Add($"The genes are named by var/{column} instead of the index of var.");
        var renamed = Enumerable.Range(0, names.Length).Select(i => symbols.Text(i) is { Length: > 0 } symbol ? symbol : names[i]).ToArray();
        return (renamed, var.Find("gene_ids") is null ? var.With(new TextColumn("gene_ids", names)) : var);
    }
}
