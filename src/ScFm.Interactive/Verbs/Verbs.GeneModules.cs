using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Models;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.GeneModules;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Clusters the vectors that a model has for genes into modules, and tells which types of cells express each and which gene sets it has most of.</summary>
    /// <param name="model">A Geneformer, scBERT or scGPT, whose vectors are those of the genes themselves; an LDVAE, whose loadings they are; or a scFoundation, whose decoder's vectors are averaged over the cells.</param>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="genes">How many genes, the most variable ones of the cells. Default: 2,000.</param>
    /// <param name="labels">The column of obs with types of cells. Default: cell_type where there is one.</param>
    /// <param name="sets">A file of gene sets: .gmt, or one of Enrichr's libraries. Default: none is looked for.</param>
    /// <param name="neighbours">Neighbours of each gene. Default: 15.</param>
    /// <param name="resolution">Leiden's resolution: larger finds more modules. Default: 1.</param>
    /// <param name="leastGenes">Clusters of fewer genes are no modules. Default: 5.</param>
    /// <param name="rate">The largest rate of false discoveries (q) of the gene sets that are listed, 0 to 1. Default: 0.05.</param>
    /// <param name="aliases">A table of other names of genes. Default: none.</param>
    /// <param name="seed">Seed of clusters and layout. Default: 0.</param>
    /// <returns>One row a gene: its module, how central it is there, and its place on the map.</returns>
    /// <exception cref="ArgumentException">A number is out of range, the model has no vectors of genes or knows none of the cells' genes, or no set has enough of them.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="IOException">The file of gene sets is missing or cannot be read.</exception>
    [Verb("gene-modules", "Clusters a model's vectors of genes into modules, with types of cells and gene sets.", Into = "gene_modules", OnDevice = true)]
    public static Table GeneModules(
        [Option("the model")] IModel model,
        [Option("cells with raw counts")] AnnData cells,
        [Option("how many of the most variable genes")] int genes = 2000,
        [Option("column of obs with types of cells (default: cell_type)")] string? labels = null,
        [Option("file of gene sets: .gmt or an Enrichr library (default: none)")] string? sets = null,
        [Option("neighbours of each gene")] int neighbours = 15,
        [Option("larger finds more modules")] double resolution = 1,
        [Option("clusters of fewer genes are no modules")] int leastGenes = 5,
        [Option("largest rate of false discoveries of the sets that are listed")] double rate = 0.05,
        [Option(AliasesHelp)] string? aliases = null,
        [Option("seed of clusters and layout")] int seed = 0)
    {
        var host = NotebookHost.Current;
        var read = sets is null ? null : GeneSetFile.Read(sets);
        labels ??= cells.Obs.Find("cell_type") is null ? null : "cell_type";
        if (labels is not null)
        {
            _ = cells.Obs[labels]; // a column that is not there is told before minutes are spent
        }
        var chosen = Model.Cells.VariableGenes.Find(cells, new VariableGeneOptions { Count = Math.Min(genes, cells.GeneCount) }, cancellation: host.Cancellation).Indices;
        using var progress = new ProgressLine("Taking vectors of genes", cells.CellCount, host: host);
        var (names, vectors) = ModelGenes.Of(model, cells, chosen, AliasesOf(aliases), Cells(progress), host.Cancellation);
        progress.Complete();
        var options = new GeneModuleOptions { Neighbours = neighbours, Resolution = resolution, LeastGenes = leastGenes, Seed = seed };
        var modules = GeneModuleSet.Find(names, vectors, options, host.Cancellation);
        var expression = labels is null ? null : ModuleExpression.Of(modules, cells, labels);
        var enrichment = read is null ? null : modules.Enrichment(read);

        Say($"{modules.Modules.Count} modules of {modules.Modules.Sum(module => module.Genes.Count):N0} of {names.Count:N0} genes; the model knows {names.Count:N0} of the {chosen.Length:N0} most variable.");
        Show(Plots.GeneModules(modules));
        if (expression is not null)
        {
            Show(Plots.ModuleExpression(expression));
            Show(expression.ToTable());
        }
        Show(modules.Summary(expression, enrichment, rate));
        if (enrichment is not null)
        {
            Say($"Gene sets with 5 to 500 of the {enrichment.Background:N0} clustered genes, which are the background; {enrichment.LeftOut:N0} have fewer or more.");
            Show(enrichment.ToTable(rate));
        }
        return modules.ToTable();
    }
}
