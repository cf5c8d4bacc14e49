using ScFm.Model.Cells;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Read-depth-aware pretraining of a scFoundation on raw counts.</summary>
/// <remarks>Source: scFoundation, Methods, "Read-depth-aware pretraining task".</remarks>
public static class Pretraining
{
    /// <summary>Pretrains a new model.</summary>
    /// <param name="cells">Cells with raw counts; each has an expressed gene.</param>
    /// <param name="options">Size, genes, masks and training. Default: a tiny model.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the model that is returned has learnt up to there.</param>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a cell or the vocabulary has no gene in common with the other.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or there are fewer than two cells.</exception>
    public static ScFoundationModel Run(
        AnnData cells, PretrainingOptions? options = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        if (cells.CellCount < 2)
        {
            throw new ArgumentException($"There are {cells.CellCount} cells; expected at least 2, to train on and to hold out.");
        }
        Counts.Require(cells);
        var (train, heldOut) = Split(cells.CellCount, options);
        var vocabulary = options.Vocabulary ?? GeneVocabulary.FromCells(cells.SelectCells(train), Math.Min(options.LeastCells, train.Length));
        var (mapped, genes) = GeneMapping.Map(cells, vocabulary, options.Aliases);
        Counts.RequireExpression(mapped);

        var seed = options.Training.Seed;
        var trainingCounts = mapped.X.SelectRows(train);
        var model = ScFoundationModel.Create(Presets.Find(options.Preset, vocabulary.Count), vocabulary, seed);
        if (options.WarmStart)
        {
            WarmStart.Apply(model.Module, trainingCounts, seed);
        }
        var task = new PretrainingTask(model.Module, options.ReadDepth, trainingCounts, mapped.X.SelectRows(heldOut), seed);
        var run = Trainer.Run(task, options.Training, checkpoint, progress, cancellation);
        var (zero, geneMean) = TrivialLosses(task.HeldOutExamples, GeneMeans.Of(trainingCounts));
        var report = new PretrainingReport
        {
            Run = run,
            Genes = genes,
            HeldOut = heldOut,
            ZeroLoss = zero,
            GeneMeanLoss = geneMean,
            ModelLoss = task.Evaluate(),
        };
        return new ScFoundationModel(model.Module, vocabulary) { Report = report };
    }

    private static (int[] Train, int[] HeldOut) Split(int cells, PretrainingOptions options)
    {
        var heldOut = Math.Clamp((int)Math.Round(cells * options.HeldOutShare), 1, cells - 1);
        var order = Enumerable.Range(0, cells).ToArray();
        Seeds.For(options.Training.Seed).Shuffle(order);
        return ([.. order[heldOut..].Order()], [.. order[..heldOut].Order()]);
    }

    private static (double Zero, double GeneMean) TrivialLosses(IReadOnlyList<CellTokens> examples, float[] geneMeans)
    {
        var (zero, mean, count) = (0.0, 0.0, 0L);
        foreach (var example in examples)
        {
            for (var i = 0; i < example.Wanted!.Length; i++, count++)
            {
                var target = example.Targets[i];
                var error = target - geneMeans[example.Wanted[i]];
                zero += target * target;
                mean += error * error;
            }
        }
        return (zero / count, mean / count);
    }
}
