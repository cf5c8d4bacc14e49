using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>Measures cells and removes bad ones.</summary>
public static class QualityControl
{
    /// <summary>Adds to obs what quality is judged by: n_genes_by_counts, total_counts, and pct_counts_mt where mitochondrial genes (MT-) are named.</summary>
    /// <remarks>The names and definitions are those of scanpy's calculate_qc_metrics; pct_counts_mt is 0 to 100.</remarks>
    /// <param name="cells">Cells with raw counts; their obs is replaced.</param>
    public static void Measure(AnnData cells)
    {
        var mitochondrial = Array.ConvertAll(cells.VarNames, name => name.StartsWith("MT-", StringComparison.OrdinalIgnoreCase));
        var (genes, totals, shares) = (new long[cells.CellCount], cells.X.RowSums(), new double[cells.CellCount]);
        for (var row = 0; row < cells.CellCount; row++)
        {
            var indices = cells.X.RowIndices(row);
            var values = cells.X.RowValues(row);
            genes[row] = indices.Length;
            for (var i = 0; i < indices.Length; i++)
            {
                shares[row] += mitochondrial[indices[i]] ? values[i] : 0;
            }
            shares[row] *= totals[row] == 0 ? 0 : 100 / totals[row];
        }
        cells.Obs = cells.Obs.With(new IntegerColumn("n_genes_by_counts", genes)).With(new NumberColumn("total_counts", totals));
        cells.Obs = Array.IndexOf(mitochondrial, true) < 0 ? cells.Obs.Without("pct_counts_mt") : cells.Obs.With(new NumberColumn("pct_counts_mt", shares));
    }

    /// <summary>Keeps the cells that meet every criterion.</summary>
    /// <param name="cells">Cells with raw counts; they get the columns of <see cref="Measure"/>.</param>
    /// <param name="options">The criteria. Default: more than 200 expressed genes.</param>
    /// <returns>The cells kept, and how many each criterion removed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="InvalidDataException">No cell is left, or a mitochondrial bound is set and no gene begins with MT-.</exception>
    public static (AnnData Cells, QualityReport Report) Filter(AnnData cells, QualityOptions? options = null)
    {
        options ??= new QualityOptions();
        options.Validate();
        Measure(cells);
        var keep = new bool[cells.CellCount];
        Array.Fill(keep, true);
        var removed = new List<(string, int)>();
        Apply($"more than {options.MinGenes} expressed genes", ((IntegerColumn)cells.Obs["n_genes_by_counts"]).Values, genes => genes > options.MinGenes);
        var totals = ((NumberColumn)cells.Obs["total_counts"]).Values;
        if (options.MinCounts is { } least)
        {
            Apply($"at least {least} counts", totals, total => total >= least);
        }
        if (options.MaxCounts is { } most)
        {
            Apply($"at most {most} counts", totals, total => total <= most);
        }
        if (options.MaxMitochondrialShare is { } share)
        {
            Apply($"at most {share * 100}% mitochondrial counts", MitochondrialPercent(cells), percent => percent <= share * 100);
        }
        int[] kept = [.. Enumerable.Range(0, keep.Length).Where(row => keep[row])];
        var report = new QualityReport(keep.Length, kept.Length, [.. removed]);
        return kept.Length > 0
            ? (cells.SelectCells(kept), report)
            : throw new InvalidDataException($"Quality control left no cell: {report} Expected at least one; relax the criterion that removes most.");

        void Apply<T>(FormattableString criterion, ReadOnlySpan<T> values, Func<T, bool> good)
        {
            var failed = 0;
            for (var row = 0; row < values.Length; row++)
            {
                if (!good(values[row]))
                {
                    failed++;
                    keep[row] = false;
                }
            }
            removed.Add((FormattableString.Invariant(criterion), failed));
        }
    }

    /// <summary>Which cells of a source express more genes than a number, in their order; the source is gone through once, some cells at a time.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="minGenes">The number, 0 or more. Default: 200, as scFoundation's corpus was filtered.</param>
    /// <param name="progress">Told the number of cells looked at. Default: nobody.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    /// <exception cref="InvalidDataException">No cell does.</exception>
    public static int[] Expressing(ICellSource cells, int minGenes = 200, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        new QualityOptions { MinGenes = minGenes }.Validate();
        var (kept, seen) = (new List<int>(), 0);
        foreach (var (block, values) in cells.Blocks(cancellation: cancellation))
        {
            kept.AddRange(block.Where((_, row) => values.RowIndices(row).Length > minGenes));
            progress?.Report(seen += block.Length);
        }
        return kept.Count > 0
            ? [.. kept]
            : throw new InvalidDataException($"None of the {cells.CellCount} cells of '{cells.Name}' expresses more than {minGenes} genes; expected at least one.");
    }

    private static ReadOnlySpan<double> MitochondrialPercent(AnnData cells) => cells.Obs.Find("pct_counts_mt") is NumberColumn percent
        ? percent.Values
        : throw new InvalidDataException($"A bound on mitochondrial counts is set, but none of the {cells.GeneCount} genes begins with MT-; expected gene symbols with mitochondrial genes.");
}
