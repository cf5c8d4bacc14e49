using ScFm.Model.Cells.Backed;
using ScFm.Model.Files.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Reads .h5 files of 10x Genomics' Cell Ranger: since version 3 a group 'matrix', before that a group a genome.</summary>
/// <remarks>The matrix lies there in compressed columns of genes by cells, which is compressed rows of cells by genes.</remarks>
internal static class TenxH5Reader
{
    private const string GeneExpression = "Gene Expression";

    /// <summary>The group that holds the matrix; null where this is no such file.</summary>
    /// <exception cref="InvalidDataException">There is more than one genome.</exception>
    internal static Hdf5Object? FindMatrix(Hdf5Object root)
    {
        if (root.Find("matrix") is { IsGroup: true } matrix)
        {
            return matrix;
        }
        if (root.Find("X") is not null || root.Find("obs") is not null)
        {
            return null;
        }
        Hdf5Object[] genomes = [.. root.Children.Select(root.Open).Where(group => group.IsGroup && group.Children.Contains("barcodes"))];
        return genomes.Length <= 1
            ? genomes.FirstOrDefault()
            : throw new InvalidDataException($"{root.Where} holds the genomes {string.Join(", ", genomes.Select(group => group.Name))}; expected one: split the file, a genome each.");
    }

    /// <summary>Opens the file: names are read, the matrix stays in it.</summary>
    internal static StoredCells Open(Hdf5Reader file, Hdf5Object matrix, ReadOptions options)
    {
        ExpectPlain(matrix, options);
        if (matrix.Open("shape") is not { HoldsNumbers: true, Shape: [2] } shapeNode || shapeNode.Read<long>() is not [var genes and >= 0 and <= int.MaxValue, var cells and >= 0 and <= int.MaxValue])
        {
            throw new InvalidDataException($"{matrix.Where} has no shape; expected two whole numbers in 'shape', of genes and cells.");
        }
        var barcodes = matrix.Open("barcodes").ReadTexts();
        var (names, var, kinds) = ReadFeatures(matrix);
        StoredMatrix x = new StoredCsr(matrix.Where, (int)cells, (int)genes, matrix);
        var all = new StoredCells(file, x, barcodes, names, new Table(barcodes.Length), var);
        if (kinds is null || Array.TrueForAll(kinds, kind => kind == GeneExpression) || !kinds.Contains(GeneExpression))
        {
            return all;
        }
        int[] kept = [.. Enumerable.Range(0, kinds.Length).Where(i => kinds[i] == GeneExpression)];
        var chosen = new StoredCells(file, new StoredColumns(x, kept), barcodes, [.. kept.Select(i => names[i])], all.Obs, var.Select(kept));
        var others = kinds.Where(kind => kind != GeneExpression).CountBy(kind => kind);
        chosen.Notes.Add($"Features that are not genes were left out: {string.Join(", ", others.Select(kind => $"{kind.Value} {kind.Key}"))}.");
        return chosen;
    }

    private static (string[] Names, Table Var, string[]? Kinds) ReadFeatures(Hdf5Object matrix)
    {
        var features = matrix.Find("features");
        var ids = features is null ? matrix.Open("genes").ReadTexts() : features.Open("id").ReadTexts();
        var symbols = (features is null ? matrix.Find("gene_names") : features.Find("name"))?.ReadTexts() ?? ids;
        var var = new Table((Column[])[new TextColumn("gene_ids", ids)]);
        string[]? kinds = null;
        foreach (var (column, name) in (ReadOnlySpan<(string, string)>)[("feature_type", "feature_types"), ("genome", "genome")])
        {
            if (features?.Find(column) is { Class: Hdf5Class.Text } node)
            {
                var texts = node.ReadTexts();
                kinds = column == "feature_type" ? texts : kinds;
                var = var.With(CategoryColumn.FromLabels(name, texts));
            }
        }
        var named = symbols.Length == ids.Length
            ? symbols.Select((symbol, i) => symbol != "" ? symbol : ids[i])
            : throw new InvalidDataException($"{matrix.Where} has {symbols.Length} gene names; expected {ids.Length}, one an id.");
        return ([.. named], var, kinds);
    }

    private static void ExpectPlain(Hdf5Object matrix, ReadOptions options)
    {
        if (options.UseRaw || options.Layer is not null)
        {
            throw new InvalidDataException($"{matrix.Where} is a matrix of Cell Ranger, which has neither raw nor layers; expected ReadOptions without UseRaw and Layer.");
        }
    }
}
