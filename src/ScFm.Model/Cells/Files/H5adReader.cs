using ScFm.Model.Interop.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Reads .h5ad files, in anndata's encodings since 0.7 (anndata documentation, "On-disk format").</summary>
internal static class H5adReader
{
    private static readonly string[] SymbolColumns = ["gene_name", "gene_names", "gene_symbol", "gene_symbols", "feature_name", "symbol"];

    internal static AnnData Read(string path, ReadOptions options, CancellationToken cancellation)
    {
        lock (Hdf5Library.Gate)
        {
            using var file = Hdf5File.Open(path);
            try
            {
                return Read(file.Root, path, options, cancellation);
            }
            catch (ArgumentException error)
            {
                throw new InvalidDataException($"{path}: {error.Message}", error);
            }
        }
    }

    private static AnnData Read(Hdf5Node root, string path, ReadOptions options, CancellationToken cancellation)
    {
        var notes = new List<string>();
        using var raw = root.Find("raw");
        if (options.UseRaw && raw is null)
        {
            throw new InvalidDataException($"{path} has no raw; expected one, since ReadOptions.UseRaw asks for it.");
        }
        if (!options.UseRaw && raw is not null)
        {
            notes.Add("raw was left out; ReadOptions.UseRaw reads it in the place of X.");
        }
        var source = options.UseRaw ? raw! : root;
        using var obsNode = root.Open("obs");
        using var varNode = source.Open("var");
        using var xNode = source.Open("X");
        var (obsNames, obs) = H5adTable.Read(obsNode, notes);
        var (varNames, var) = H5adTable.Read(varNode, notes);
        var x = H5adMatrix.Read(xNode, options.Progress, cancellation);
        ExpectFinite(x, xNode.Where, obsNames, varNames);
        (varNames, var) = NameGenes(varNames, var, options.GeneNames, notes);
        var cells = new AnnData(x, obsNames, varNames, obs, var);
        ReadRest(root, cells, notes, withLayers: !options.UseRaw, cancellation);
        cells.Notes.AddRange(notes);
        options.Progress?.Report(1);
        return cells;
    }

    private static void ReadRest(Hdf5Node root, AnnData cells, List<string> notes, bool withLayers, CancellationToken cancellation)
    {
        using var obsm = root.Find("obsm");
        foreach (var name in obsm?.Children ?? [])
        {
            using var node = obsm!.Open(name);
            if (H5adMatrix.ReadDense(node) is { } matrix && matrix.Rows == cells.CellCount)
            {
                cells.Obsm[name] = matrix;
            }
            else
            {
                notes.Add($"obsm/{name} was left out: it is no matrix with one row a cell.");
            }
        }
        using var layers = withLayers ? root.Find("layers") : null;
        foreach (var name in layers?.Children ?? [])
        {
            using var node = layers!.Open(name);
            cells.Layers[name] = H5adMatrix.Read(node, progress: null, cancellation);
        }
        using var uns = root.Find("uns");
        foreach (var name in uns?.Children ?? [])
        {
            using var node = uns!.Open(name);
            if (H5adValue.Read(node, notes) is { } value)
            {
                cells.Uns[name] = value;
            }
        }
        foreach (var name in (string[])["varm", "obsp", "varp"])
        {
            using var group = root.Find(name);
            if (group?.Children is { Length: > 0 } children)
            {
                notes.Add($"{name} was left out ({string.Join(", ", children)}).");
            }
        }
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
        var symbols = var[column];
        notes.Add($"The genes are named by var/{column} instead of the index of var.");
        var renamed = Enumerable.Range(0, names.Length).Select(i => symbols.Text(i) is { Length: > 0 } symbol ? symbol : names[i]).ToArray();
        return (renamed, var.Find("gene_ids") is null ? var.With(new TextColumn("gene_ids", names)) : var);
    }

    private static void ExpectFinite(CsrMatrix x, string where, string[] obsNames, string[] varNames)
    {
        var bad = Array.FindIndex(x.Values, value => !float.IsFinite(value));
        if (bad >= 0)
        {
            var row = Array.FindLastIndex(x.Offsets, offset => offset <= bad);
            throw new InvalidDataException(FormattableString.Invariant(
                $"{where} holds {x.Values[bad]} for the cell '{obsNames[row]}' and the gene '{varNames[x.Indices[bad]]}'; expected a finite number."));
        }
    }
}
