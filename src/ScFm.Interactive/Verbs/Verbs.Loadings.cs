using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Shows the genes that each latent variable of an LDVAE moves most, and gives all loadings.</summary>
    /// <param name="model">A model with a linear decoder.</param>
    /// <param name="top">Genes a direction that are shown. Default: 5.</param>
    /// <returns>A row a gene, a column Z_0, Z_1, ... a latent variable.</returns>
    [Verb("loadings", "Shows which genes each latent variable of an LDVAE moves.", Into = "loadings")]
    public static Table Loadings(
        [Option("an LDVAE")] ScViModel model,
        [Option("genes a direction that are shown")] int top = 5)
    {
        Show(model.TopLoadings(top).View(rows: model.Module.Config.Latent));
        Show(Plots.Loadings(model, top));
        return model.LoadingTable();
    }

    /// <summary>Tells which latent variables of an LDVAE tell two groups of cells apart and which genes drive them, with intervals and a permutation test.</summary>
    /// <param name="model">A model with a linear decoder.</param>
    /// <param name="cells">Cells with raw counts of the model's genes, in memory or read as they are needed.</param>
    /// <param name="group">The label of the group.</param>
    /// <param name="against">The label of what it is compared with. Default: all other cells.</param>
    /// <param name="labels">The column of obs that holds the labels. Default: cell_type.</param>
    /// <param name="replicates">The column of obs of what was sampled independently, such as donors. Default: each cell by itself.</param>
    /// <param name="draws">Draws of the bootstrap and of the permutation test. Default: 1,000.</param>
    /// <param name="seed">Seed of both. Default: 0.</param>
    [Verb("differential-loadings", "Tells which latent variables and genes of an LDVAE tell two groups of cells apart.", Into = "differences", OnDevice = true)]
    public static DifferentialLoadings DifferentialLoadings(
        [Option("an LDVAE")] ScViModel model,
        [Option("cells with raw counts")] ICellSource cells,
        [Option("label of the group")] string group,
        [Option("label of what it is compared with (default: all other cells)")] string? against = null,
        [Option("column of obs that holds the labels")] string labels = "cell_type",
        [Option("column of obs of what was sampled independently, such as donors (default: each cell)")] string? replicates = null,
        [Option("draws of the bootstrap and of the permutation test")] int draws = 1_000,
        [Option("seed of both")] int seed = 0)
    {
        var host = NotebookHost.Current;
        var groups = new LoadingGroups { Column = labels, Group = group, Against = against, Replicates = replicates, Draws = draws, Seed = seed };
        using var progress = new ProgressLine("Encoding", cells.CellCount, host: host);
        var differences = Model.Models.ScVi.DifferentialLoadings.Between(model, cells, groups, Cells(progress), host.Cancellation);
        progress.Complete();
        Show(Plots.DifferentialLoadings(differences));
        return differences;
    }

    /// <summary>Pairs the latent variables of two LDVAE models, such as of two training sets, and tells which genes each moves more.</summary>
    /// <param name="model">A model with a linear decoder.</param>
    /// <param name="other">Another; genes are found by their names.</param>
    /// <param name="permutations">Draws of the permutation test. Default: 1,000.</param>
    /// <param name="seed">Seed of the test. Default: 0.</param>
    [Verb("compare-loadings", "Pairs the latent variables of two LDVAE models and tells which genes each moves more.", Into = "comparison")]
    public static LoadingComparison CompareLoadings(
        [Option("an LDVAE")] ScViModel model,
        [Option("the LDVAE it is compared with")] ScViModel other,
        [Option("draws of the permutation test")] int permutations = 1_000,
        [Option("seed of the test")] int seed = 0) => LoadingComparison.Of(model, other, permutations, seed, NotebookHost.Current.Cancellation);
}
