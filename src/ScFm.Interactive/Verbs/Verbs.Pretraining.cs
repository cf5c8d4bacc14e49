using System.Runtime.InteropServices;
using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Training;

namespace ScFm.Interactive.Verbs;

public static partial class Verbs
{
    /// <summary>Pretrains a scFoundation on raw counts, with the loss drawn as it falls. Interrupting keeps the model as it is.</summary>
    /// <param name="cells">Cells with raw counts; obs gets the column split.</param>
    /// <param name="preset">The size: tiny, 3m, 10m or 100m. Default: tiny.</param>
    /// <param name="epochs">Passes over the cells. Default: as many as see about 9,000 cells in all, at least 1.</param>
    /// <param name="batchSize">Cells in a step. Default: 8.</param>
    /// <param name="learningRate">Learning rate after the warm-up. Default: 0.002.</param>
    /// <param name="vocabulary">A file of genes. Default: the genes that at least 10 cells express.</param>
    /// <param name="aliases">A table of other names of genes. Default: none.</param>
    /// <param name="checkpoint">A file to save to and to go on from. Default: none.</param>
    /// <param name="seed">Seed of everything random. Default: 0.</param>
    [Verb("pretrain", "Pretrains a scFoundation on raw counts.", Into = "model")]
    public static ScFoundationModel Pretrain(
        [Option("cells with raw counts")] AnnData cells,
        [Option("size of the model", Allowed = ["tiny", "3m", "10m", "100m"])] string preset = "tiny",
        [Option("passes over the cells (default: as many as see about 9,000 cells in all)")] int? epochs = null,
        [Option("cells in a step")] int batchSize = 8,
        [Option("learning rate after the warm-up")] double learningRate = 2e-3,
        [Option("file of genes (default: the genes that at least 10 cells express)")] string? vocabulary = null,
        [Option(AliasesHelp)] string? aliases = null,
        [Option("file to save to and to go on from")] string? checkpoint = null,
        [Option("seed of everything random")] int seed = 0)
    {
        var host = NotebookHost.Current;
        var options = new PretrainingOptions
        {
            Preset = preset,
            Vocabulary = vocabulary is null ? null : GeneVocabulary.Read(vocabulary),
            Aliases = AliasesOf(aliases),
            Training = new TrainingOptions { Epochs = epochs ?? Math.Max(1, CellsToSee / Math.Max(1, cells.CellCount)), BatchSize = batchSize, LearningRate = learningRate, Seed = seed },
        };
        using var view = new TrainingView(host);
        var model = Pretraining.Run(cells, options, checkpoint, view, host.Cancellation);
        var report = model.Report!;
        view.Finish(report);
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

    private static CategoryColumn SplitColumn(int cells, int[] heldOut)
    {
        var isHeldOut = heldOut.ToHashSet();
        return CategoryColumn.FromLabels(SplitName, Enumerable.Range(0, cells).Select(cell => isHeldOut.Contains(cell) ? HeldOutLabel : TrainLabel));
    }
}
