using System.Globalization;
using System.IO.Compression;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Tests.Graphs;

/// <summary>The 2,700 blood cells, prepared as a notebook would: log-normalised, their 2,000 most variable genes, 30 principal components.</summary>
internal sealed class Pbmc3k
{
    private const int Genes = 2000;

    private static readonly Lazy<Pbmc3k> Read = new(() => new Pbmc3k());

    private Pbmc3k()
    {
        var folder = TestFolders.Real("pbmc3k");
        Expression = MostVariable(LogNormalised(ReadCounts(Path.Combine(folder, "matrix.mtx.gz"))));
        Labels = [.. File.ReadLines(Path.Combine(folder, "cells.tsv")).Skip(1).Select(line => line.Split('\t')[1])];
        Components = Pca.Fit(Expression, new() { Components = 30 }).Scores;
    }

    internal static Pbmc3k OrSkip() => Read.Value;

    internal CsrMatrix Expression { get; }

    internal DenseMatrix Components { get; }

    internal string[] Labels { get; }

    private static CsrMatrix ReadCounts(string path)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string line;
        do
        {
            line = text.ReadLine()!;
        }
        while (line.StartsWith('%'));
        var size = Array.ConvertAll(line.Split(' '), s => int.Parse(s, CultureInfo.InvariantCulture));
        var rows = Enumerable.Range(0, size[1]).Select(_ => new List<(int Gene, float Count)>()).ToArray();
        while (text.ReadLine() is { } entry)
        {
            var fields = entry.Split(' ');
            rows[int.Parse(fields[1], CultureInfo.InvariantCulture) - 1].Add(
                (int.Parse(fields[0], CultureInfo.InvariantCulture) - 1, float.Parse(fields[2], CultureInfo.InvariantCulture)));
        }
        return Sparse(rows, size[0]);
    }

    private static CsrMatrix LogNormalised(CsrMatrix counts)
    {
        var sums = counts.RowSums();
        for (var row = 0; row < counts.Rows; row++)
        {
            foreach (ref var value in counts.RowValues(row))
            {
                value = (float)Math.Log(1 + value * 1e4 / sums[row]);
            }
        }
        return counts;
    }

    private static CsrMatrix MostVariable(CsrMatrix cells)
    {
        var sums = new double[cells.Columns];
        var squares = new double[cells.Columns];
        for (var i = 0; i < cells.Values.Length; i++)
        {
            sums[cells.Indices[i]] += cells.Values[i];
            squares[cells.Indices[i]] += cells.Values[i] * cells.Values[i];
        }
        var place = Enumerable.Range(0, cells.Columns)
            .OrderByDescending(gene => squares[gene] / cells.Rows - Math.Pow(sums[gene] / cells.Rows, 2)).Take(Genes)
            .Order().Select((gene, i) => (gene, i)).ToDictionary();
        var rows = new List<(int Gene, float Count)>[cells.Rows];
        for (var row = 0; row < rows.Length; row++)
        {
            var (indices, values) = (cells.RowIndices(row).ToArray(), cells.RowValues(row).ToArray());
            rows[row] = [.. indices.Zip(values).Where(e => place.ContainsKey(e.First)).Select(e => (place[e.First], e.Second))];
        }
        return Sparse(rows, Genes);
    }

    private static CsrMatrix Sparse(List<(int Gene, float Count)>[] rows, int columns)
    {
        var offsets = new long[rows.Length + 1];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].Sort();
            offsets[row + 1] = offsets[row] + rows[row].Count;
        }
        return new CsrMatrix(rows.Length, columns, offsets, [.. rows.SelectMany(r => r.Select(e => e.Gene))], [.. rows.SelectMany(r => r.Select(e => e.Count))]);
    }
}
