using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScBert;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Pretrains an scBERT on raw counts, or a trained one further, with the loss drawn as it falls. Interrupting keeps the model as it is.</summary>
    /// <param name="cells">Cells with raw counts, in memory or read as they are needed; where they lie in memory, obs gets the column scfm_split.</param>
    /// <param name="preset">The size: tiny (2 blocks of 32, 2,000 variable genes), small (3 blocks of 96, 4,000 variable genes) or published (6 blocks of 200, all genes). Default: tiny.</param>
    /// <param name="epochs">Passes over the cells. Default: the preset's.</param>
    /// <param name="batchSize">Cells in a forward pass. Default: the preset's.</param>
    /// <param name="learningRate">Learning rate after the warm-up. Default: the preset's.</param>
    /// <param name="variableGenes">How many of the most variable genes the model knows; 0 takes all. Default: the preset's.</param>
    /// <param name="genes">A file of the genes that the model knows, in order. Default: none, variable genes of the cells.</param>
    /// <param name="vectors">A file of gene vectors as wide as a token, such as gene2vec: text, or .npy with genes named. Default: none, vectors are learnt.</param>
    /// <param name="noGeneVectors">True to tell genes apart by nothing, the ablation "no gene2vec". Default: false.</param>
    /// <param name="aliases">A table of other names of genes. Default: none.</param>
    /// <param name="from">A model whose training goes on, with its sizes and genes. Default: none, a new model.</param>
    /// <param name="checkpoint">A file to save to and to go on from. Default: none.</param>
    /// <param name="seed">Seed of everything random. Default: 0.</param>
    /// <exception cref="ArgumentException">Vectors are named beside noGeneVectors.</exception>
    /// <example><code>
    /// var model = Verbs.ScBert(cells);
    /// cells.Obsm["X_scbert"] = model.Embed(cells);
    /// </code></example>
    [Verb("scbert", "Pretrains an scBERT on raw counts.", Into = "model", OnDevice = true, Trains = true, SharesRanks = true)]
    public static ScBertModel ScBert(
        [Option("cells with raw counts")] ICellSource cells,
        [Option("size of the model", Allowed = ["tiny", "small", "published"])] string preset = "tiny",
        [Option("passes over the cells (default: the preset's)")] int? epochs = null,
        [Option("cells in a forward pass (default: the preset's)")] int? batchSize = null,
        [Option("learning rate after the warm-up (default: the preset's)")] double? learningRate = null,
        [Option("number of variable genes that the model knows; 0 takes all (default: the preset's)")] int? variableGenes = null,
        [Option("file of the genes that the model knows (default: variable genes)")] string? genes = null,
        [Option("file of gene vectors, such as gene2vec (default: vectors are learnt)")] string? vectors = null,
        [Option("tell genes apart by nothing")] bool noGeneVectors = false,
        [Option(AliasesHelp)] string? aliases = null,
        [Option("model whose training goes on (default: a new model)")] ScBertModel? from = null,
        [Option("file to save to and to go on from")] string? checkpoint = null,
        [Option("seed of everything random")] int seed = 0)
    {
        if (vectors is not null && noGeneVectors)
        {
            throw new ArgumentException("--vectors is named beside --no-gene-vectors; expected one of them.");
        }
        var host = NotebookHost.Current;
        var start = ScBertOptions.Preset(preset);
        var vocabulary = genes is null ? null : GeneVocabulary.Read(genes);
        var given = vectors is null ? null : GeneVectors.Read(vectors, vocabulary);
        var options = start with
        {
            Config = start.Config with { GeneVectors = given is not null ? GeneVectorKind.Given : noGeneVectors ? GeneVectorKind.None : start.Config.GeneVectors },
            Genes = vocabulary,
            VariableGenes = variableGenes ?? start.VariableGenes,
            Vectors = given,
            StartFrom = from,
            Aliases = AliasesOf(aliases),
            Training = start.Training with
            {
                Epochs = epochs ?? start.Training.Epochs,
                BatchSize = batchSize ?? start.Training.BatchSize,
                LearningRate = learningRate ?? start.Training.LearningRate,
                Seed = seed,
            },
        };
        using var view = new TrainingView(host, "Pretraining scBERT", "loss (masked cross entropy)");
        var model = ScBertModel.Train(cells, options, checkpoint, view, host.Cancellation, host.Ranks);
        var report = model.Report!;
        view.Finish(report.Run, ("bins of the cell", report.Cell.Loss), ("bins of all cells", report.Corpus.Loss));
        Finish(cells, report.HeldOut, report.Run, report.Recipe, report.ToTable(), report.BeatsBaselines, "beat the predictors that look at no gene");
        Say($"On held-out cells: {report.Summary}.");
        return model;
    }
}
