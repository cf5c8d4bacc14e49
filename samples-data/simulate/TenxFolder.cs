using System.IO.Compression;
using System.Text;

namespace ScFm.Simulate;

/// <summary>Writes cells as 10x does, and their labels as cells.tsv.</summary>
internal static class TenxFolder
{
    internal static void Write(string folder, IReadOnlyList<string> genes, IReadOnlyList<Simulation.Cell> cells)
    {
        Directory.CreateDirectory(folder);
        WriteGzip(Path.Combine(folder, "features.tsv.gz"), genes.Select(gene => $"{gene}\t{gene}\tGene Expression"));
        WriteGzip(Path.Combine(folder, "barcodes.tsv.gz"), cells.Select(cell => cell.Barcode));
        WriteGzip(Path.Combine(folder, "matrix.mtx.gz"), Matrix(genes.Count, cells));
        File.WriteAllText(Path.Combine(folder, "cells.tsv"), string.Concat(cells.Select(cell => $"{cell.Barcode}\t{cell.Type}\n").Prepend("cell\tcell_type\n")));
    }

    private static IEnumerable<string> Matrix(int genes, IReadOnlyList<Simulation.Cell> cells)
    {
        yield return "%%MatrixMarket matrix coordinate integer general";
        yield return "%simulated cells, see README.md";
        yield return $"{genes} {cells.Count} {cells.Sum(cell => cell.Counts.Count(count => count > 0))}";
        for (var cell = 0; cell < cells.Count; cell++)
        {
            for (var gene = 0; gene < genes; gene++)
            {
                if (cells[cell].Counts[gene] is > 0 and var count)
                {
                    yield return $"{gene + 1} {cell + 1} {count}";
                }
            }
        }
    }

    private static void WriteGzip(string path, IEnumerable<string> lines)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.SmallestSize);
        foreach (var line in lines)
        {
            gzip.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }
}
