using ScFm.Model.Cells;

namespace ScFm.Model.Models.Geneformer;

/// <summary>For every gene of a corpus, in how many cells it is expressed and the median of its values there, in counts per 10,000.</summary>
/// <param name="Names">The genes, each name once.</param>
/// <param name="Ids">Their Ensembl ids, null where unknown.</param>
/// <param name="Cells">The number of cells that express each.</param>
/// <param name="Medians">The median of each gene's values that are not zero; NaN where there is none.</param>
internal sealed record CorpusMedians(string[] Names, string?[] Ids, int[] Cells, double[] Medians)
{
    /// <summary>Values of a gene that are kept while cells stream by; 100 MB for 25,000 genes.</summary>
    private const int KeptWhileStreaming = 1024;

    /// <summary>Reads the cells once, some at a time.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="which">Which of them.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <exception cref="InvalidDataException">The values are not raw counts.</exception>
    public static CorpusMedians Of(ICellSource cells, int[] which, CancellationToken cancellation)
    {
        var (names, ids, target) = Merge(cells);
        // what lies in memory anyway may lie there twice
        var mostExact = cells is AnnData ? int.MaxValue : KeptWhileStreaming;
        MedianSketch[] sketches = [.. names.Select(_ => new MedianSketch(mostExact))];
        foreach (var (_, counts) in cells.Blocks(which, cancellation))
        {
            Counts.Require(counts);
            var totals = counts.RowSums();
            var byGene = counts.MapColumns(target, names.Count).Transpose();
            Parallel.For(0, byGene.Rows, gene =>
            {
                var rows = byGene.RowIndices(gene);
                var values = byGene.RowValues(gene);
                for (var i = 0; i < rows.Length; i++)
                {
                    sketches[gene].Add((float)(values[i] / totals[rows[i]] * RankEncoding.Target));
                }
            });
        }
        return new CorpusMedians([.. names], [.. ids], Array.ConvertAll(sketches, sketch => sketch.Count), Array.ConvertAll(sketches, sketch => sketch.Median));
    }

    /// <summary>The source's genes, each name once, and where each of its columns belongs.</summary>
    private static (List<string> Names, List<string?> Ids, int[] Target) Merge(ICellSource cells)
    {
        var (names, ids, placeOf) = (new List<string>(), new List<string?>(), new Dictionary<string, int>(StringComparer.Ordinal));
        var given = cells.GeneIds;
        var target = new int[cells.GeneCount];
        for (var gene = 0; gene < target.Length; gene++)
        {
            var name = cells.VarNames[gene];
            if (placeOf.TryAdd(name, names.Count))
            {
                names.Add(name);
                ids.Add(given?[gene] is { } id && id != name ? id : null);
            }
            target[gene] = placeOf[name];
        }
        return (names, ids, target);
    }
}
