using System.Runtime.InteropServices;
using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Training;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Pretrains a scFoundation on raw counts, or a trained one further, with the loss drawn as it falls. Interrupting keeps the model as it is.</summary>
    /// <param name="cells">Cells with raw counts; obs gets the column split.</param>
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
    /// <param name="heldOut">Which cells are held out, any (random) or those with the most counts (high-count). Default: random.</param>
    /// <param name="seed">Seed of everything random. Default: 0.</param>
    [Verb("pretrain", "Pretrains a scFoundation on raw counts.", Into = "model")]
    public static ScFoundationModel Pretrain(
        [Option("cells with raw counts")] AnnData cells,
        [Option("size of the model", Allowed = ["tiny", "3m", "10m", "100m"])] string preset = "tiny",
        [Option("passes over the cells (default: as many as see about 9,000 cells in all)")] int? epochs = null,
        [Option("cells in a step")] int batchSize = 8,
        [Option("learning rate after the warm-up")] double learningRate = 2e-3,
        [Option("file of genes (default: the genes that at least 10 cells express)")] string? vocabulary = null,
        [Option("table of other names of genes")] string? aliases = null,
        [Option("file to save to and to go on from")] string? checkpoint = null,
        [Option("model whose training goes on (default: a new model)")] ScFoundationModel? from = null,
        [Option("with --from: train only this many of the last encoder blocks; 0 trains everything")] int lastBlocks = 0,
        [Option("with --from: train adapters of this rank instead of the weights; 0 trains weights")] int adapterRank = 0,
        [Option("file to save the adapters to")] string? adapters = null,
        [Option("what matrix products compute in", Allowed = ["float32", "bfloat16"])] string precision = "float32",
        [Option("compute each block twice, which saves most of the memory")] bool recompute = false,
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
            HeldOut = Enum.Parse<HeldOutCells>(heldOut.Replace("-", ""), ignoreCase: true),
            Vocabulary = vocabulary is null ? null : GeneVocabulary.Read(vocabulary),
            Aliases = aliases is null ? null : GeneAliases.Read(aliases),
            Training = new TrainingOptions { Epochs = epochs ?? Math.Max(1, CellsToSee / Math.Max(1, cells.CellCount)), BatchSize = batchSize, LearningRate = learningRate, Seed = seed },
        };
        using var view = new TrainingView(host);
        var model = Pretraining.Run(cells, options, checkpoint, view, host.Cancellation);
        var report = model.Report!;
        view.Finish(report);
        if (adapters is not null)
        {
            report.Adapters?.Save(adapters);
        }
        cells.Obs = cells.Obs.With(SplitColumn(cells.CellCount, report.HeldOut));
        Show(report.ToTable());
        if (report.Run.Failure is { } failure)
        {
            Say($"Training stopped after step {report.Run.Steps}: {VerbFailure.Of(new ExternalException(failure)).Message}");
        }
        if (!report.BeatsBaselines)
        {
            Say("The model does not beat the predictors that learn nothing yet: train it longer.");
        }
        return model;
    }

    /// <summary>Predicts every gene's expression at another read depth.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="depth">t and a log10 total (t4), f and a multiple of the cell's own total (f5), or a and what is added to its log10 (a1). Default: f5.</param>
    /// <param name="folds">Into how many parts expressed genes are split to be predicted while masked; 1 masks nothing, as the reference. Default: 4.</param>
    /// <returns>Cells whose X is the predicted log1p of counts per 10,000, [cells, genes of the model].</returns>
    [Verb("enhance", "Predicts every gene's expression at another read depth.", Into = "enhanced")]
    public static AnnData Enhance(
        [Option("the model")] ScFoundationModel model,
        [Option("cells with raw counts")] AnnData cells,
        [Option("t4: total of 10^4; f5: five times the cell's own; a1: log10 total plus 1")] string depth = "f5",
        [Option("parts that expressed genes are split into; 1 masks nothing")] int folds = 4)
    {
        var host = NotebookHost.Current;
        using var progress = new ProgressLine("Enhancing", cells.CellCount, host: host);
        var options = new EnhancementOptions { Depth = Depth.Parse(depth), Folds = folds };
        var expression = Enhancement.Run(model, cells, options, progress: Cells(progress), cancellation: host.Cancellation);
        progress.Complete();
        var enhanced = new AnnData(CsrMatrix.FromDense(expression), cells.ObsNames, [.. model.Vocabulary.Names], cells.Obs);
        foreach (var (name, matrix) in cells.Obsm)
        {
            enhanced.Obsm[name] = matrix;
        }
        return enhanced;
    }

    /// <summary>Thins cells that were held out to a share of their reads, enhances them, and compares with what was there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells with raw counts. Those with split = held-out in obs are used, or all where there is no such column.</param>
    /// <param name="rate">The share of reads to keep, above 0 and below 1. Default: 0.1.</param>
    /// <param name="seed">Seed of the thinning. Default: 0.</param>
    [Verb("assess", "Thins held-out cells, enhances them and compares with the truth.", Into = "trial")]
    public static EnhancementTrial Assess(
        [Option("the model")] ScFoundationModel model,
        [Option("cells with raw counts")] AnnData cells,
        [Option("share of reads to keep")] double rate = 0.1,
        [Option("seed of the thinning")] int seed = 0)
    {
        var host = NotebookHost.Current;
        var (train, heldOut) = SplitOf(cells);
        var (counts, _) = model.Read(cells);
        using var progress = new ProgressLine("Enhancing thinned cells", heldOut.Length, host: host);
        var trial = EnhancementTrial.Run(
            model, cells.SelectCells(heldOut), GeneMeans.Of(counts.SelectRows(train)), rate, seed, progress: Cells(progress), cancellation: host.Cancellation);
        progress.Complete();
        Show(Plots.BeforeAfter(trial.Truth, trial.Observed, trial.Model, observedName: "thinned"));
        Show(trial.ToTable());
        foreach (var sentence in trial.Shortcomings())
        {
            Say(sentence);
        }
        return trial;
    }

    /// <summary>Gives every cell a vector from the model's encoder, in obsm X_scfm, and draws them as a heat map.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cells">Cells with raw counts; obsm gets X_scfm.</param>
    /// <param name="pool">all: S, T, maximum and mean over genes, as published; max: maximum over all tokens; mean: mean over genes, which suits small models. Default: all.</param>
    /// <param name="depth">The depth that T asks for, as in <see cref="Enhance"/>. Default: the cell's own.</param>
    /// <param name="labels">The column of obs that the heat map is sorted by. Default: cell_type where there is one.</param>
    [Verb("embed", "Gives every cell a vector from the model.", Into = "cells")]
    public static AnnData Embed(
        [Option("the model")] ScFoundationModel model,
        [Option("cells with raw counts")] AnnData cells,
        [Option("how tokens become one vector", Allowed = ["all", "max", "mean"])] string pool = "all",
        [Option("depth that T asks for: t4, f5 or a1 (default: the cell's own)")] string? depth = null,
        [Option("column of obs to sort the heat map by (default: cell_type)")] string? labels = null)
    {
        var host = NotebookHost.Current;
        using var progress = new ProgressLine("Embedding", cells.CellCount, host: host);
        var wanted = depth is null ? default : Depth.Parse(depth);
        cells.Obsm[EmbeddingKey] = Embedding.Run(
            model, cells, Enum.Parse<Pooling>(pool, ignoreCase: true), wanted, progress: Cells(progress), cancellation: host.Cancellation);
        progress.Complete();
        labels ??= cells.Obs.Find("cell_type") is null ? null : "cell_type";
        if (labels is not null)
        {
            var column = cells.Obs[labels];
            Show(Plots.EmbeddingHeatMap(cells.Obsm[EmbeddingKey], [.. Enumerable.Range(0, column.Length).Select(row => column[row] is null ? null : column.Text(row))]));
        }
        return cells;
    }

    /// <summary>The scores of a model beside those of what learns nothing, in one table.</summary>
    /// <param name="model">A model that was pretrained here.</param>
    /// <param name="trial">A trial of enhancement. Default: none.</param>
    /// <exception cref="ArgumentException">The model was not pretrained here.</exception>
    public static TableView Summary(ScFoundationModel model, EnhancementTrial? trial = null)
    {
        var report = model.Report ?? throw new ArgumentException("The model was loaded, so how it was pretrained is not known; expected one that was pretrained here.");
        var rows = new List<(string Score, double Baseline, double GeneMean, double Model)>
        {
            ("masked MSE (baseline: zero)", report.ZeroLoss, report.GeneMeanLoss, report.ModelLoss),
        };
        if (trial is not null)
        {
            void Add(string name, Func<RecoveryScores, double> score) =>
                rows.Add(($"{name} at {trial.Rate:P0} of the reads (baseline: thinned cells)", score(trial.ObservedScores), score(trial.GeneMeanScores), score(trial.ModelScores)));
            Add("MAE", scores => scores.MeanAbsoluteError);
            Add("MRE", scores => scores.MeanRelativeError);
            Add("Pearson", scores => scores.Pearson);
        }
        return new Table(
            new TextColumn("held-out cells", [.. rows.Select(r => r.Score)]),
            new NumberColumn("baseline", [.. rows.Select(r => r.Baseline)], "F3"),
            new NumberColumn("gene mean", [.. rows.Select(r => r.GeneMean)], "F3"),
            new NumberColumn("model", [.. rows.Select(r => r.Model)], "F3")).View();
    }

    /// <summary>Reads a model that was saved.</summary>
    /// <param name="path">The folder.</param>
    [Verb("open", "Reads a model that was saved.", Into = "model")]
    public static ScFoundationModel Open([Option("folder that a model was saved to", Positional = true)] string path) => ScFoundationModel.Load(path);

    /// <summary>Writes cells as .h5ad or a model as a folder.</summary>
    /// <param name="path">The file or folder to write.</param>
    /// <param name="value">Cells or a model.</param>
    [Verb("save", "Writes cells as .h5ad, or a model as a folder.")]
    public static void Save(
        [Option("file or folder to write", Positional = true)] string path,
        [Option("cells or a model")] object value)
    {
        switch (value)
        {
            case AnnData cells:
                AnnDataWriter.Write(cells, path);
                break;
            case ScFoundationModel model:
                model.Save(path);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} cannot be saved; expected cells or a model.");
        }
    }

    private static (int[] Train, int[] HeldOut) SplitOf(AnnData cells)
    {
        var all = Enumerable.Range(0, cells.CellCount).ToArray();
        if (cells.Obs.Find(SplitName) is not { } split)
        {
            return (all, all);
        }
        return ([.. all.Where(cell => split.Text(cell) != HeldOutLabel)], [.. all.Where(cell => split.Text(cell) == HeldOutLabel)]);
    }

    private static CategoryColumn SplitColumn(int cells, int[] heldOut)
    {
        var isHeldOut = heldOut.ToHashSet();
        return CategoryColumn.FromLabels(SplitName, Enumerable.Range(0, cells).Select(cell => isHeldOut.Contains(cell) ? HeldOutLabel : TrainLabel));
    }
}
