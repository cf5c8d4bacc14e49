using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Parts;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Gives every cell a vector from the model's encoder, in obsm X_scfm, and draws them as a heat map; or, with an output, writes a file of any number of cells with their vectors.</summary>
    /// <param name="model">A scFoundation; a Geneformer, whose vector is the mean over genes of the second to last block; an scBERT, whose vector is the mean over expressed genes; a scGPT, whose vector is the state of &lt;cls&gt; at length 1; or an scVI, whose vector is its place in the latent space. Only the first takes the options on depth, pooling and input.</param>
    /// <param name="cells">Cells or bulk samples; obsm of cells in memory gets X_scfm.</param>
    /// <param name="pool">all: S, T, maximum and mean over genes, as published; max: maximum over all tokens; mean: mean over genes, which suits small models. Default: all.</param>
    /// <param name="depth">The depth that T asks for, as in <see cref="Enhance"/>. Default: the cell's own.</param>
    /// <param name="labels">The column of obs that the heat map is sorted by. Default: cell_type where there is one.</param>
    /// <param name="aliases">A table of other names of genes. Default: none.</param>
    /// <param name="input">single: a row is a cell; bulk: a sample. Default: single.</param>
    /// <param name="normalised">f: counts; t: log1p of counts per 10,000; a: the same, with total counts in a column. Default: f.</param>
    /// <param name="totals">With a, the column of obs that holds the total counts. Default: the last column of the matrix does.</param>
    /// <param name="genesInOrder">True where the columns are the model's genes in its order, whatever their names. Default: false.</param>
    /// <param name="compat">sensible, or reference for what the published code does. Default: sensible.</param>
    /// <param name="output">An .h5ad file to write, some cells at a time; see <see cref="PartedRun"/>. Default: none, cells and vectors are in memory.</param>
    /// <param name="place">With output: obsm, beside the counts, or x, in their place. Default: obsm.</param>
    /// <param name="minGenes">With output: cells need more expressed genes than this. Default: 200 for cells of a file, as <see cref="Load"/>; others are taken as they are.</param>
    /// <param name="compress">With output: true to pack the file with gzip. Default: false.</param>
    /// <returns>The cells; null where they went to a file.</returns>
    [Verb("embed", "Gives every cell a vector from the model.", Into = "cells", SharesRanks = true, OnDevice = true)]
    public static AnnData? Embed(
        [Option("the model")] IModel model,
        [Option("cells or bulk samples", StaysInFile = true)] ICellSource cells,
        [Option("how tokens become one vector", Allowed = ["all", "max", "mean"])] string pool = "all",
        [Option("depth that T asks for: t4, f5 or a1 (default: the cell's own)")] string? depth = null,
        [Option("column of obs to sort the heat map by (default: cell_type)")] string? labels = null,
        [Option(AliasesHelp)] string? aliases = null,
        [Option(InputHelp, Allowed = ["single", "bulk"])] string input = "single",
        [Option(NormalisedHelp, Allowed = ["f", "t", "a"])] string normalised = "f",
        [Option(TotalsHelp)] string? totals = null,
        [Option(GenesInOrderHelp)] bool genesInOrder = false,
        [Option(CompatHelp, Allowed = ["sensible", "reference"])] string compat = "sensible",
        [Option(OutputHelp)] string? output = null,
        [Option("with --output: where the vectors stand, in obsm beside the counts or in X in their place (default: obsm)", Allowed = ["obsm", "x"])] string? place = null,
        [Option(MinGenesHelp)] int? minGenes = null,
        [Option(CompressHelp)] bool compress = false)
    {
        var host = NotebookHost.Current;
        var options = new EmbeddingOptions
        {
            Pooling = Enum.Parse<Pooling>(pool, ignoreCase: true),
            Depth = depth is null ? default : Depth.Parse(depth),
            Input = InputOf(input, normalised, totals, genesInOrder, compat),
        };
        var task = CellTasks.Embed(model, options, AliasesOf(aliases));
        if (PartedOutput.Of(output, place, minGenes, compress) is { } file)
        {
            if (labels is not null)
            {
                throw new ArgumentException("--labels sorts the heat map, which is not drawn of what goes to --output; expected one of the two.");
            }
            file.Write("Embedding", task, cells);
            return null;
        }
        var inMemory = InMemory(cells);
        labels ??= inMemory.Obs.Find("cell_type") is null ? null : "cell_type";
        var column = labels is null ? null : inMemory.Obs[labels];
        using var progress = new ProgressLine("Embedding", inMemory.CellCount, host: host);
        inMemory.Obsm[EmbeddingKey] = task.Rows(inMemory, 0, Cells(progress), host.Cancellation);
        progress.Complete();
        if (column is not null)
        {
            Show(Plots.EmbeddingHeatMap(inMemory.Obsm[EmbeddingKey], ColumnLabels.Of(column)));
        }
        return inMemory;
    }

    /// <summary>Gives chosen genes a vector in the context of every cell, from the model's decoder, in obsm X_scfm_GENE.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells or bulk samples; obsm gets X_scfm_GENE for each gene, [cells, decoder width].</param>
    /// <param name="genes">Names of genes as the model has them, with commas between.</param>
    /// <param name="depth">The depth that T asks for, as in <see cref="Enhance"/>. Default: the cell's own.</param>
    /// <param name="aliases">A table of other names of genes. Default: none.</param>
    /// <param name="input">single: a row is a cell; bulk: a sample. Default: single.</param>
    /// <param name="normalised">f: counts; t: log1p of counts per 10,000; a: the same, with total counts in a column. Default: f.</param>
    /// <param name="totals">With a, the column of obs that holds the total counts. Default: the last column of the matrix does.</param>
    /// <param name="genesInOrder">True where the columns are the model's genes in its order, whatever their names. Default: false.</param>
    /// <param name="compat">sensible, or reference for what the published code does. Default: sensible.</param>
    [Verb("gene-embed", "Gives chosen genes a vector in every cell.", Into = "cells", OnDevice = true)]
    public static AnnData GeneEmbed(
        [Option("the model")] ScFoundationModel model,
        [Option("cells or bulk samples")] AnnData cells,
        [Option("names of genes, with commas between")] string genes,
        [Option("depth that T asks for: t4, f5 or a1 (default: the cell's own)")] string? depth = null,
        [Option(AliasesHelp)] string? aliases = null,
        [Option(InputHelp, Allowed = ["single", "bulk"])] string input = "single",
        [Option(NormalisedHelp, Allowed = ["f", "t", "a"])] string normalised = "f",
        [Option(TotalsHelp)] string? totals = null,
        [Option(GenesInOrderHelp)] bool genesInOrder = false,
        [Option(CompatHelp, Allowed = ["sensible", "reference"])] string compat = "sensible")
    {
        var host = NotebookHost.Current;
        var options = new GeneEmbeddingOptions
        {
            Depth = depth is null ? default : Depth.Parse(depth),
            Input = InputOf(input, normalised, totals, genesInOrder, compat),
        };
        using var progress = new ProgressLine("Embedding genes", cells.CellCount, host: host);
        var vectors = GeneEmbedding.Of(model, cells, Names(genes), options, AliasesOf(aliases), Cells(progress), host.Cancellation);
        progress.Complete();
        foreach (var (gene, matrix) in vectors)
        {
            cells.Obsm[$"{EmbeddingKey}_{gene}"] = matrix;
        }
        return cells;
    }
}
