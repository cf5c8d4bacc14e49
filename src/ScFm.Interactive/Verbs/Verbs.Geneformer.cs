using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.Geneformer;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    private const int PublishedWarmUp = 10_000; // steps

    /// <summary>Pretrains a Geneformer on raw counts, or a trained one further, with the loss drawn as it falls. Interrupting keeps the model as it is.</summary>
    /// <param name="cells">Cells with raw counts, in memory or read as they are needed; where they lie in memory, obs gets the column scfm_split.</param>
    /// <param name="preset">The size: tiny (2 layers of 64, 256 genes a cell) or published (6 layers of 256, 2,048 genes a cell). Default: tiny.</param>
    /// <param name="epochs">Passes over the cells. Default: 3.</param>
    /// <param name="batchSize">Cells in a step. Default: 8.</param>
    /// <param name="learningRate">Learning rate after the warm-up. Default: 0.001.</param>
    /// <param name="warmUp">Steps of warm-up. Default: 50; published: 10,000.</param>
    /// <param name="attentionDropout">Dropout of the attention weights. Default: the preset's; 0 trains faster than the published 0.02.</param>
    /// <param name="tokens">With medians: a table of genes and tokens. Default: the genes that at least 10 cells express.</param>
    /// <param name="medians">With tokens: a table of genes and medians. Default: those of the cells.</param>
    /// <param name="aliases">A table of other names of genes, such as symbols of Ensembl ids. Default: none.</param>
    /// <param name="from">A model whose training goes on, with its sizes and genes. Default: none, a new model.</param>
    /// <param name="checkpoint">A file to save to and to go on from. Default: none.</param>
    /// <param name="seed">Seed of everything random. Default: 0.</param>
    /// <exception cref="ArgumentException">One of tokens and medians is named without the other.</exception>
    /// <example><code>
    /// var model = Verbs.Geneformer(cells);
    /// cells.Obsm["X_geneformer"] = model.Embed(cells);
    /// </code></example>
    [Verb("geneformer", "Pretrains a Geneformer on raw counts.", Into = "model", OnDevice = true, Trains = true, SharesRanks = true)]
    public static GeneformerModel Geneformer(
        [Option("cells with raw counts")] ICellSource cells,
        [Option("size of the model", Allowed = ["tiny", "published"])] string preset = "tiny",
        [Option("passes over the cells")] int epochs = 3,
        [Option("cells in a step")] int batchSize = 8,
        [Option("learning rate after the warm-up")] double learningRate = 1e-3,
        [Option("steps of warm-up (default: 50; published: 10,000)")] int? warmUp = null,
        [Option("dropout of the attention weights (default: the preset's; 0 trains faster)")] double? attentionDropout = null,
        [Option("table of genes and tokens (default: the genes that at least 10 cells express)")] string? tokens = null,
        [Option("table of genes and medians (default: those of the cells)")] string? medians = null,
        [Option(AliasesHelp)] string? aliases = null,
        [Option("model whose training goes on (default: a new model)")] GeneformerModel? from = null,
        [Option("file to save to and to go on from")] string? checkpoint = null,
        [Option("seed of everything random")] int seed = 0)
    {
        var host = NotebookHost.Current;
        var start = new GeneformerOptions();
        var (sizes, steps) = preset == "published" ? (new GeneformerConfig(), PublishedWarmUp) : (GeneformerConfig.Tiny, start.Training.WarmUpSteps);
        var options = start with
        {
            Config = sizes with { AttentionDropout = attentionDropout ?? sizes.AttentionDropout },
            Genes = GeneformerGenesOf(tokens, medians),
            StartFrom = from,
            Aliases = AliasesOf(aliases),
            Training = start.Training with { Epochs = epochs, BatchSize = batchSize, LearningRate = learningRate, WarmUpSteps = warmUp ?? steps, Seed = seed },
        };
        using var view = new TrainingView(host, "Pretraining Geneformer", "loss (masked cross entropy)");
        var model = GeneformerModel.Train(cells, options, checkpoint, view, host.Cancellation, host.Ranks);
        var report = model.Report!;
        view.Finish(report.Run, ("gene frequencies at the rank", report.RankUnigram.Loss), ("gene frequencies", report.Unigram.Loss));
        Finish(cells, report.HeldOut, report.Run, report.Recipe, report.ToTable(), report.BeatsBaselines, "beat the predictors that look at no other gene");
        return model;
    }

    /// <summary>Deletes genes of cells in silico, or puts them first, and shows how far that moves the cells beside random genes of about the same rank.</summary>
    /// <param name="model">The Geneformer.</param>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="genes">Names of genes or Ensembl ids, with commas between.</param>
    /// <param name="overexpress">True to put the genes first instead of deleting them. Default: false.</param>
    /// <param name="last">True to take the states of the last block instead of the second to last. Default: false.</param>
    /// <param name="aliases">A table of other names of genes. Default: none.</param>
    /// <param name="seed">Seed of the random genes. Default: 0.</param>
    [Verb("geneformer perturb", "Deletes genes in silico, or puts them first, and shows how far that moves cells.", Into = "effects", OnDevice = true)]
    public static PerturbationEffects GeneformerPerturb(
        [Option("the Geneformer")] GeneformerModel model,
        [Option("cells with raw counts")] ICellSource cells,
        [Option("names of genes, with commas between")] string genes,
        [Option("put the genes first instead of deleting them")] bool overexpress = false,
        [Option("take the last block instead of the second to last")] bool last = false,
        [Option(AliasesHelp)] string? aliases = null,
        [Option("seed of the random genes")] int seed = 0)
    {
        var host = NotebookHost.Current;
        var options = new PerturbationOptions
        {
            Kind = overexpress ? Perturbation.Overexpress : Perturbation.Delete,
            Layer = last ? EmbeddingLayer.Last : EmbeddingLayer.SecondToLast,
            Seed = seed,
        };
        using var progress = new ProgressLine("Perturbing genes", cells.CellCount, host: host);
        var effects = model.Perturb(
            cells, Names(genes), options, AliasesOf(aliases), Cells(progress), host.Cancellation);
        progress.Complete();
        Show(effects.ToTable());
        return effects;
    }

    private static GeneformerGenes? GeneformerGenesOf(string? tokens, string? medians) => (tokens, medians) switch
    {
        (null, null) => null,
        ({ } genes, { } values) => GeneformerGenes.Read(genes, values),
        _ => throw new ArgumentException($"--{(tokens is null ? "medians" : "tokens")} is named without --{(tokens is null ? "tokens" : "medians")}; expected both, or neither."),
    };
}
