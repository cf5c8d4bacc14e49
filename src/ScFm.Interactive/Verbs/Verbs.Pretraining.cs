using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Model.Tasks;
using ScFm.Model.Training;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Pretrains a scFoundation on raw counts, or a trained one further, with the loss drawn as it falls. Interrupting keeps the model as it is.</summary>
    /// <param name="cells">Cells with raw counts, in memory, in a file or in a corpus; obs of cells in memory gets the column scfm_split.</param>
    /// <param name="preset">The size: tiny, 3m, 10m or 100m. Default: tiny.</param>
    /// <param name="epochs">Passes over the cells. Default: as many as see about 9,000 cells in all, at least 1.</param>
    /// <param name="batchSize">Cells in a step. Default: 8.</param>
    /// <param name="learningRate">Learning rate after the warm-up. Default: 0.002.</param>
    /// <param name="vocabulary">A file of genes. Default: the genes that at least 10 cells express.</param>
    /// <param name="aliases">A table of other names of genes. Default: none.</param>
    /// <param name="checkpoint">A file to save to and to go on from. Default: none.</param>
    /// <param name="from">A model whose training goes on, with its sizes and genes. Default: none, a new model.</param>
    /// <param name="lastBlocks">With from: only this many of the last encoder blocks are trained; 0 trains everything. Default: 0.</param>
    /// <param name="adapterRank">With from: low-rank adapters of this rank are trained instead of the weights; 0 trains weights. Default: 0.</param>
    /// <param name="adapters">With adapterRank: a file to save the adapters to. Default: none.</param>
    /// <param name="precision">What matrix products compute in, float32 or bfloat16. Default: float32.</param>
    /// <param name="recompute">True to compute each block twice, which saves most of the memory. Default: false.</param>
    /// <param name="sampling">How an epoch draws its cells: length (each once, cells of like length together), uniform (each once), blocks (each once, neighbours together, which suits slow files), weighted or balanced (by the column by). Default: length.</param>
    /// <param name="by">With sampling weighted or balanced, the column of obs with the weights or labels. Default: none.</param>
    /// <param name="heldOut">Which cells are held out, any (random) or those with the most counts (high-count). Default: random.</param>
    /// <param name="seed">Seed of everything random. Default: 0.</param>
    [Verb("pretrain", "Pretrains a scFoundation on raw counts.", Into = "model", OnDevice = true, Trains = true, SharesRanks = true)]
    public static ScFoundationModel Pretrain(
        [Option("cells with raw counts")] ICellSource cells,
        [SizeOption("size of the model")] string preset = "tiny",
        [Option("passes over the cells (default: as many as see about 9,000 cells in all)")] int? epochs = null,
        [Option("cells in a step")] int batchSize = 8,
        [Option("learning rate after the warm-up")] double learningRate = 2e-3,
        [Option("file of genes (default: the genes that at least 10 cells express)")] string? vocabulary = null,
        [Option(AliasesHelp)] string? aliases = null,
        [Option("file to save to and to go on from")] string? checkpoint = null,
        [Option("model whose training goes on (default: a new model)")] ScFoundationModel? from = null,
        [Option("with --from: train only this many of the last encoder blocks; 0 trains everything")] int lastBlocks = 0,
        [Option("with --from: train adapters of this rank instead of the weights; 0 trains weights")] int adapterRank = 0,
        [Option("file to save the adapters to")] string? adapters = null,
        [Option("what matrix products compute in", Allowed = ["float32", "bfloat16"])] string precision = "float32",
        [Option("compute each block twice, which saves most of the memory")] bool recompute = false,
        [Option("how an epoch draws its cells", Allowed = ["by-length", "uniform", "blocks", "weighted", "balanced"])] string sampling = "by-length",
        [Option("with --sampling weighted or balanced: column of obs with weights or labels")] string? by = null,
        [Option("cells to hold out", Allowed = ["random", "high-count"])] string heldOut = "random",
        [Option("seed of everything random")] int seed = 0)
    {
        var host = NotebookHost.Current;
        if (adapters is not null && adapterRank == 0)
        {
            throw new ArgumentException("--adapters names a file and --adapter-rank is 0; expected a rank of 1 or more.");
        }
        var options = new PretrainingOptions
        {
            Preset = preset,
            StartFrom = from,
            TrainedBlocks = lastBlocks == 0 ? null : [.. Enumerable.Range(1, Math.Max(0, lastBlocks)).Select(block => -block)],
            Adapters = adapterRank == 0 ? null : new LoraOptions { Rank = adapterRank },
            Precision = Enum.Parse<Precision>(precision, ignoreCase: true),
            RecomputeActivations = recompute,
            Sampling = new SamplingOptions { Kind = Enum.Parse<SamplingKind>(sampling.Replace("-", ""), ignoreCase: true), Column = by },
            HeldOut = Enum.Parse<HeldOutCells>(heldOut.Replace("-", ""), ignoreCase: true),
            Vocabulary = vocabulary is null ? null : GeneVocabulary.Read(vocabulary),
            Aliases = AliasesOf(aliases),
            Training = new TrainingOptions { Epochs = epochs ?? Math.Max(1, CellsToSee / Math.Max(1, cells.CellCount)), BatchSize = batchSize, LearningRate = learningRate, Seed = seed },
        };
        using var view = new TrainingView(host);
        var model = Pretraining.Run(cells, options, checkpoint, view, host.Cancellation, host.Ranks);
        var report = model.Report!;
        view.Finish(report);
        if (adapters is not null && host.Ranks is null or { IsFirst: true })
        {
            report.Adapters?.Save(adapters);
        }
        Finish(cells, report.HeldOut, report.Run, report.Recipe, report.ToTable(), report.BeatsBaselines, "beat the predictors that learn nothing");
        return model;
    }
}
