using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScVi;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const string ScViKey = "X_scvi";
    private const string ScViLayer = "scvi";

    /// <summary>Trains an scVI, or an LDVAE, on raw counts, with the loss drawn as it falls. Interrupting keeps the model as it is.</summary>
    /// <param name="cells">Cells with raw counts, in memory or read as they are needed; where they lie in memory, obs gets the column scfm_split.</param>
    /// <param name="preset">default, as scvi-tools has it, or paper: LDVAE as the study of training data has it (2 layers, 250 epochs, learning rate 0.005). Default: default.</param>
    /// <param name="linear">True for a linear decoder: LDVAE, whose weights are loadings of genes. Default: false.</param>
    /// <param name="batchColumn">The column of obs that tells batches apart. Default: none.</param>
    /// <param name="variableGenes">Learns only so many of the most variable genes. Default: all genes.</param>
    /// <param name="epochs">Passes over the cells. Default: 400, and beyond 20,000 cells fewer; 250 of the paper's preset.</param>
    /// <param name="latent">Latent variables. Default: 10.</param>
    /// <param name="layers">Hidden layers. Default: 1; 2 of the paper's preset.</param>
    /// <param name="hidden">Width of a hidden layer. Default: 128.</param>
    /// <param name="likelihood">The distribution of counts: nb, zinb or poisson. Default: zinb; nb for LDVAE.</param>
    /// <param name="learningRate">Learning rate. Default: 0.001; 0.005 of the paper's preset.</param>
    /// <param name="batchSize">Cells in a step. Default: 128.</param>
    /// <param name="patience">Stops after so many epochs without a better bound on held-out cells, counted from 500 steps on, and keeps the best weights; 0 never does. Default: 0.</param>
    /// <param name="checkpoint">A file to save to and to go on from. Default: none.</param>
    /// <param name="seed">Seed of everything random. Default: 0.</param>
    /// <example><code>
    /// var model = Verbs.ScVi(cells, linear: true, batchColumn: "donor");
    /// Verbs.Loadings(model);
    /// </code></example>
    [Verb("scvi", "Trains an scVI, or with --linear an LDVAE, on raw counts.", Into = "model", OnDevice = true, Trains = true, SharesRanks = true)]
    public static ScViModel ScVi(
        [Option("cells with raw counts")] ICellSource cells,
        [Option("scvi-tools' defaults, or the LDVAE of the study of training data", Allowed = ["default", "paper"])] string preset = "default",
        [Option("a linear decoder, whose weights are loadings of genes: LDVAE")] bool linear = false,
        [Option("column of obs that tells batches apart (default: none)")] string? batchColumn = null,
        [Option("learn only so many of the most variable genes (default: all)")] int? variableGenes = null,
        [Option("passes over the cells (default: 400, beyond 20,000 cells fewer; paper: 250)")] int? epochs = null,
        [Option("latent variables (default: 10)")] int? latent = null,
        [Option("hidden layers (default: 1; paper: 2)")] int? layers = null,
        [Option("width of a hidden layer (default: 128)")] int? hidden = null,
        [Option("distribution of counts (default: zinb; LDVAE: nb)", Allowed = ["nb", "zinb", "poisson"])] string? likelihood = null,
        [Option("learning rate (default: 0.001; paper: 0.005)")] double? learningRate = null,
        [Option("cells in a step (default: 128)")] int? batchSize = null,
        [Option("stop after so many epochs without a better held-out bound; 0 never does")] int patience = 0,
        [Option("file to save to and to go on from")] string? checkpoint = null,
        [Option("seed of everything random")] int seed = 0)
    {
        var host = NotebookHost.Current;
        var start = preset == "paper" ? ScViOptions.Paper : new ScViOptions { Config = linear ? ScViConfig.Linear : new() };
        var config = start.Config;
        var options = start with
        {
            Config = config with
            {
                Latent = latent ?? config.Latent,
                Layers = layers ?? config.Layers,
                Hidden = hidden ?? config.Hidden,
                Likelihood = likelihood is null ? config.Likelihood : LikelihoodOf(likelihood),
            },
            BatchColumn = batchColumn,
            Epochs = epochs ?? start.Epochs,
            LearningRate = learningRate ?? start.LearningRate,
            BatchSize = batchSize ?? start.BatchSize,
            Patience = patience,
            Seed = seed,
        };
        using var view = new TrainingView(host, $"Training {(options.Config.Decoder == DecoderKind.Linear ? "LDVAE" : "scVI")}", "-log p a cell (bound)");
        var model = ScViModel.Train(variableGenes is { } count ? Variable(cells, count, host) : cells, options, checkpoint, view, host.Cancellation, host.Ranks);
        var report = model.Report!;
        view.Finish(report.Run, ("gene shares", report.BaselineLoss));
        Finish(cells, report.HeldOut, report.Run, model.Recipe, report.ToTable(), report.BeatsBaseline, "explain held-out cells better than the genes' shares of all counts");
        if (model.BatchLabels is [var only])
        {
            Say($"All cells are of the batch '{only}' in the column '{batchColumn}': the model has no batches to tell apart.");
        }
        return model;
    }

    /// <summary>Gives every cell its place in the latent space of an scVI or LDVAE, in obsm X_scvi.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells with raw counts of the model's genes; obsm gets X_scvi. Those that lie in no memory come back without their values.</param>
    [Verb("latent", "Gives every cell its place in the latent space of an scVI or LDVAE.", Into = "cells", OnDevice = true)]
    public static AnnData Latent(
        [Option("the model")] ScViModel model,
        [Option("cells with raw counts")] ICellSource cells)
    {
        var host = NotebookHost.Current;
        using var progress = new ProgressLine("Encoding", cells.CellCount, host: host);
        var placed = cells as AnnData ?? OfGenes(cells, [], new CsrMatrix(cells.CellCount, 0, new long[cells.CellCount + 1], [], []));
        placed.Obsm[ScViKey] = model.Latent(cells, Cells(progress), host.Cancellation);
        progress.Complete();
        return placed;
    }

    /// <summary>The mean of each count under an scVI or LDVAE.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells with raw counts of the model's genes, in memory or read as they are needed.</param>
    /// <param name="librarySize">The library size that every cell is given. Default: its own.</param>
    /// <returns>Cells whose X is the mean counts, [cells, genes of the model].</returns>
    [Verb("reconstruct", "Gives the mean of each count under an scVI or LDVAE.", Into = "reconstructed", OnDevice = true)]
    public static AnnData Reconstruct(
        [Option("the model")] ScViModel model,
        [Option("cells with raw counts")] ICellSource cells,
        [Option("library size that every cell is given (default: its own)")] double? librarySize = null)
    {
        var host = NotebookHost.Current;
        using var progress = new ProgressLine("Reconstructing", cells.CellCount, host: host);
        var counts = model.Reconstruct(cells, librarySize, Cells(progress), host.Cancellation);
        progress.Complete();
        return OfGenes(cells, [.. model.Genes.Names], CsrMatrix.FromDense(counts));
    }

    /// <summary>What each cell expresses under an scVI or LDVAE, free of noise, brought to one library size, in the layer scvi.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells with raw counts of the model's genes, in memory or read as they are needed.</param>
    /// <param name="librarySize">The sum that each cell's expression of all genes is brought to. Default: 10,000.</param>
    /// <param name="genes">Names of the genes to tell, with commas between. Default: all of the model.</param>
    /// <param name="asBatch">Batches that all cells are decoded as if made in, with commas between, or all; of several, the mean is taken. Default: each cell's own.</param>
    /// <returns>The cells with these genes: X holds the counts, the layer scvi the expression.</returns>
    [Verb("expression", "Gives each cell's expression under an scVI or LDVAE, free of noise, depth and batch.", Into = "expression", OnDevice = true)]
    public static AnnData Expression(
        [Option("the model")] ScViModel model,
        [Option("cells with raw counts")] ICellSource cells,
        [Option("sum that each cell's expression is brought to")] double librarySize = Normalisation.DefaultTarget,
        [Option("names of genes, with commas between (default: all of the model)")] string? genes = null,
        [Option("batches to decode all cells as, with commas between, or all (default: each cell's own)")] string? asBatch = null)
    {
        var host = NotebookHost.Current;
        string[] names = genes is null ? [.. model.Genes.Names] : Names(genes);
        var options = new ExpressionOptions
        {
            LibrarySize = librarySize,
            Genes = names,
            AsBatches = asBatch switch { null => null, "all" => model.BatchLabels, _ => Names(asBatch) },
        };
        using var progress = new ProgressLine("Decoding", cells.CellCount, host: host);
        var values = model.NormalisedExpression(cells, options, Cells(progress), host.Cancellation);
        progress.Complete();
        var told = GeneMapping.Map(cells, new GeneVocabulary(names), cancellation: host.Cancellation).Cells;
        told.Layers[ScViLayer] = CsrMatrix.FromDense(values);
        return told;
    }

    private static AnnData OfGenes(ICellSource cells, string[] genes, CsrMatrix x)
    {
        var made = new AnnData(x, cells.ObsNames, genes, cells.Obs);
        foreach (var (name, matrix) in (cells as AnnData)?.Obsm ?? [])
        {
            made.Obsm[name] = matrix;
        }
        return made;
    }

    private static ICellSource Variable(ICellSource cells, int count, INotebookHost host)
    {
        using var progress = new ProgressLine("Choosing genes", cells.CellCount, host: host);
        var genes = Model.Cells.VariableGenes.Find(cells, new() { Count = count }, Cells(progress), host.Cancellation).Indices;
        progress.Complete();
        return cells is AnnData inMemory ? inMemory.SelectGenes(genes) : Corpus.Of(cells).SelectGenes([.. genes.Select(gene => cells.VarNames[gene])]);
    }

    private static CountLikelihood LikelihoodOf(string name) => name switch
    {
        "nb" => CountLikelihood.NegativeBinomial,
        "poisson" => CountLikelihood.Poisson,
        _ => CountLikelihood.ZeroInflatedNegativeBinomial,
    };
}
