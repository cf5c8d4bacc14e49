using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

public sealed partial class ScViModel
{
    private const int LeastCells = 3; // two to train on, since one has no variance, and one to hold out

    private const double LeastVariance = 1e-9; // of equal logarithms, rounding leaves less

    /// <summary>Trains a new model.</summary>
    /// <param name="cells">Cells with raw counts, in memory or read as they are needed; all genes are modelled, so choose the variable ones first. Each gene has a name of its own.</param>
    /// <param name="options">Shape, batches and training. Default: scVI as scvi-tools has it.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the model that is returned has learnt up to there.</param>
    /// <param name="ranks">The processes that train together; see <see cref="Trainer"/>. Default: this one alone.</param>
    /// <exception cref="InvalidDataException">The values are not raw counts, a cell has none or no batch, or a batch's library sizes do not differ where they are to be inferred.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column of batches.</exception>
    /// <exception cref="ArgumentException">An option is out of range, a gene's name stands twice, or there are fewer than three cells.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first step.</exception>
    public static ScViModel Train(
        ICellSource cells, ScViOptions? options = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default,
        TrainingRanks? ranks = null)
    {
        options = Options.Validate(options ?? new());
        if (cells.CellCount < LeastCells)
        {
            throw new ArgumentException($"There are {cells.CellCount} cells; expected at least {LeastCells}, to train on and to hold out.");
        }
        var totals = cells.Totals(cancellation); // every value is looked at once, and every cell has a count
        var (genes, batches) = (new GeneVocabulary(cells.VarNames), CellBatches.Of(cells, options.BatchColumn));
        var codes = batches.CodesOf(cells);
        var split = Split(cells.CellCount, options);

        manual_seed(options.Seed);
        var module = new ScViModule(options.Config, genes.Count, batches.Labels.Length);
        if (!options.Config.ObservedLibrary)
        {
            SetLibraryPrior(module, totals, codes, batches);
        }
        var baseline = GeneShareBaseline.Fit(cells, split.Train, cancellation).Loss(cells, split.Validation, cancellation);
        var run = Trainer.Run(new ScViTask(module, cells, codes, split, options), options.Loop(cells.CellCount), checkpoint, progress, cancellation, ranks);
        var report = new ScViReport
        {
            Run = run,
            HeldOut = split.Validation,
            BaselineLoss = baseline,
            KeptBest = options.Patience > 0 && run.End is TrainingEnd.Finished or TrainingEnd.StoppedEarly,
        };
        return new ScViModel(module, genes, batches) { Recipe = Recipe.Of(cells), Report = report };
    }

    /// <summary>Holds cells out, one more where the last batch of an epoch would be of a single cell, over which nothing varies.</summary>
    private static Splits Split(int cells, ScViOptions options)
    {
        var heldOut = Math.Clamp((int)Math.Round(cells * options.HeldOutShare), 1, cells - 2);
        heldOut += (cells - heldOut) % options.BatchSize == 1 ? 1 : 0;
        return Splits.Random(cells, (double)heldOut / cells, 0, options.Seed);
    }

    /// <summary>The prior of a batch's library sizes: mean and variance of the logarithms of its cells' total counts.</summary>
    private static void SetLibraryPrior(ScViModule module, double[] totals, long[] codes, CellBatches batches)
    {
        var logTotals = Array.ConvertAll(totals, Math.Log);
        var (means, variances) = (new float[batches.Labels.Length], new float[batches.Labels.Length]);
        for (var batch = 0; batch < means.Length; batch++)
        {
            var own = logTotals.Where((_, cell) => codes[cell] == batch).ToArray();
            var mean = own.Average();
            (means[batch], variances[batch]) = ((float)mean, (float)own.Average(value => (value - mean) * (value - mean)));
            if (variances[batch] < LeastVariance)
            {
                var name = batches.Column is null ? "The cells" : $"The cells of the batch '{batches.Labels[batch]}'";
                throw new InvalidDataException($"{name} have all the same library size, {Math.Exp(mean):G6}; expected different ones where the library size is to be inferred: set ObservedLibrary.");
            }
        }
        module.SetLibraryPrior(means, variances);
    }
}
