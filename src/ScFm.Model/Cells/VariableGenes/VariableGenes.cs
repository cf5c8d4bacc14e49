using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>The genes that vary more between cells than their mean explains.</summary>
/// <remarks>
/// The numbers are those of scanpy 1.9.8 (Wolf et al. 2018). Cells are read some thousands at a time, once, and twice for the flavour SeuratV3: what is kept does not
/// grow with their number. Genes of equal value at the boundary are taken in their order, so that as many are given as were asked for.
/// </remarks>
/// <param name="Indices">The chosen genes' columns, ascending.</param>
/// <param name="Table">
/// One row a gene: gene, means, variances (SeuratV3) or dispersions, variances_norm or dispersions_norm, highly_variable, rank (place among the chosen, from 0; of
/// SeuratV3 the median over batches; missing elsewhere), and with batches highly_variable_nbatches, in how many it was chosen.
/// </param>
public sealed record VariableGenes(int[] Indices, Table Table)
{
    /// <summary>Finds variable genes.</summary>
    /// <param name="cells">Cells in memory, in a file or in a corpus.</param>
    /// <param name="options">How. Default: the 2,000 most variable of raw counts by the flavour Seurat.</param>
    /// <param name="progress">Is told how many cells were read; each pass begins at 0. Default: nobody.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the cells have no genes, or a batch has too few.</exception>
    /// <exception cref="InvalidDataException">The values are not what the options say; the message says what they are.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column of batches.</exception>
    /// <example><code>var genes = VariableGenes.Find(cells, new() { Flavour = VariableGeneFlavour.SeuratV3, Count = 1000 }).Indices;</code></example>
    public static VariableGenes Find(
        ICellSource cells, VariableGeneOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var chosen = (options ?? new VariableGeneOptions()).Validated();
        if (cells.CellCount < 2 || cells.GeneCount == 0)
        {
            throw new ArgumentException($"{cells.Name} has {cells.CellCount} cells and {cells.GeneCount} genes; expected 2 cells or more and some genes, to see what varies.");
        }
        var pass = new CellPass(cells, chosen, progress, cancellation);
        return chosen.Flavour == VariableGeneFlavour.SeuratV3 ? StandardisedVariance.Find(pass, chosen) : Dispersion.Find(pass, chosen);
    }

    /// <summary>Puts the table together.</summary>
    internal static VariableGenes Of(CellPass pass, IEnumerable<Column> measures, int[] indices, double[] ranks, long[] batches)
    {
        var variable = new bool[pass.Genes];
        Array.ForEach(indices, gene => variable[gene] = true);
        var table = new Table([new TextColumn("gene", pass.Names), .. measures, new BooleanColumn("highly_variable", variable), new NumberColumn("rank", ranks)]);
        return new VariableGenes([.. indices.Order()], pass.Batches.Count > 1 ? table.With(new IntegerColumn("highly_variable_nbatches", batches)) : table);
    }
}
