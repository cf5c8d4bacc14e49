using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Nn;
using ScFm.Model.Training;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Read-depth-aware pretraining of a scFoundation on raw counts.</summary>
/// <remarks>Source: scFoundation, Methods, "Read-depth-aware pretraining task".</remarks>
public static class Pretraining
{
    /// <summary>Pretrains a new model, or a copy of a trained one further.</summary>
    /// <param name="cells">Cells with raw counts; each has an expressed gene. In memory, in a file or a corpus larger than memory: the model is the same.</param>
    /// <param name="options">Size, genes, masks and training. Default: a tiny model.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the model that is returned has learnt up to there.</param>
    /// <param name="ranks">The processes that pretrain together; see <see cref="Trainer"/>. Default: this one alone.</param>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a cell or the vocabulary has no gene in common with the other.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or there are fewer than two cells.</exception>
    public static ScFoundationModel Run(
        ICellSource cells, PretrainingOptions? options = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default,
        TrainingRanks? ranks = null)
    {
        options = (options ?? new()).Validated();
        var prepared = PretrainingCells.Of(cells, options, cancellation);
        var (model, origin) = PretrainingStart.Of(options, prepared.Vocabulary, prepared.Training);
        var task = new PretrainingTask(model.Module, options.ReadDepth, prepared.Training, prepared.HeldOut, options.Training.Seed, origin, prepared.Sampler);
        var adapters = options.Adapters is null ? null : new Lora(model.Module, options.Adapters, options.Training.Seed);
        ITrainingTask trained = adapters is null ? task : new LoraTask(task, adapters);
        var run = Trainer.Run(trained, options.Training, checkpoint, progress, cancellation, ranks);
        adapters?.Apply();
        foreach (var parameter in model.Module.parameters())
        {
            parameter.requires_grad = true; // who trains the model further decides anew what is frozen
        }
        model.Module.Decoder.KeepsFeatures = false;
        var (zero, geneMean) = TrivialLosses(task.HeldOutExamples, GeneMeans.Of(prepared.Training));
        var report = new PretrainingReport
        {
            Run = run,
            Genes = prepared.Genes,
            HeldOut = prepared.HeldOutIndices,
            ZeroLoss = zero,
            GeneMeanLoss = geneMean,
            ModelLoss = task.Evaluate(),
            WaitingShare = task.Waited / run.Elapsed,
            Adapters = adapters,
            Recipe = Recipe.Of(cells),
        };
        return new ScFoundationModel(model.Module, prepared.Vocabulary) { Report = report, Recipe = report.Recipe };
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
