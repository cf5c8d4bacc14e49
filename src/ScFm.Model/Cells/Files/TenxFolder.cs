using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>Reads a folder as 10x Cell Ranger writes it: a matrix, its features and its barcodes, each gzipped or plain.</summary>
internal static class TenxFolder
{
    private const string GeneExpression = "Gene Expression";

    internal static AnnData Read(string folder, ReadOptions options, CancellationToken cancellation)
    {
        var matrixPath = Expect(folder, "matrix.mtx");
        var featurePath = Expect(folder, "features.tsv", "genes.tsv");
        var barcodes = DataFile.ReadLines(Expect(folder, "barcodes.tsv")).Select(line => line.Split('\t')[0]).ToArray();
        var features = ReadFeatures(featurePath);
        var x = MatrixMarket.ReadCounts(matrixPath, features.Count, barcodes.Length, options.Progress, cancellation);
        var cells = KeepGenes(x, barcodes, features);
        if (options.CellTable is null && DataFile.Find(folder, "cells.tsv") is { } labels)
        {
            CellTable.Join(cells, labels);
        }
        return cells;
    }

    internal static bool Is(string folder) => DataFile.Find(folder, "matrix.mtx") is not null;

    // A feature line is: id, symbol, type; files before Cell Ranger 3 have no type, and some have one name only.
    private static List<string[]> ReadFeatures(string path)
    {
        var features = new List<string[]>();
        foreach (var line in DataFile.ReadLines(path))
        {
            var fields = line.Split('\t');
            var symbol = fields.Length > 1 && fields[1] != "" ? fields[1] : fields[0];
            if (symbol == "")
            {
                throw new InvalidDataException($"{path}, line {features.Count + 1}: the feature has no name; expected an id and a symbol.");
            }
            features.Add([fields[0], symbol, fields.Length > 2 ? fields[2] : GeneExpression]);
        }
        return features;
    }

    private static AnnData KeepGenes(CsrMatrix x, string[] barcodes, List<string[]> features)
    {
        var var = new Table(new TextColumn("gene_ids", [.. features.Select(feature => feature[0])]));
        var cells = new AnnData(x, barcodes, [.. features.Select(feature => feature[1])], var: var);
        int[] genes = [.. Enumerable.Range(0, features.Count).Where(i => features[i][2] == GeneExpression)];
        if (genes.Length == features.Count || genes.Length == 0)
        {
            return cells;
        }
        cells = cells.SelectGenes(genes);
        var others = features.Where(feature => feature[2] != GeneExpression).GroupBy(feature => feature[2]);
        cells.Notes.Add($"Features that are not genes were left out: {string.Join(", ", others.Select(group => $"{group.Count()} {group.Key}"))}.");
        return cells;
    }

    private static string Expect(string folder, params ReadOnlySpan<string> names) => DataFile.Find(folder, names)
        ?? throw new FileNotFoundException($"The folder '{folder}' has no {string.Join(" or ", names.ToArray())} (or .gz); expected matrix.mtx, features.tsv and barcodes.tsv, as 10x writes them.");
}
