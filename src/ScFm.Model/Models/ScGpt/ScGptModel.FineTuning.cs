using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

public sealed partial class ScGptModel
{
    /// <summary>Fine-tunes a copy of the model to tell cell types; this one stays as it is.</summary>
    /// <param name="training">The cells to learn from.</param>
    /// <param name="validation">Cells of the same types to keep the best weights by; where there are none, those to learn from.</param>
    /// <param name="options">What is changed, and how. Default: everything, 10 epochs.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the model that is returned has learnt up to there.</param>
    /// <returns>A model with a head for the types; it has no batches, whatever this one knows.</returns>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a source has no gene of the model.</exception>
    /// <exception cref="ArgumentException">An option is out of range, there is no cell to learn from, or fewer than two types.</exception>
    public ScGptModel FineTune(
        LabelledCells training, LabelledCells validation, ScGptTuningOptions? options = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options = (options ?? new()).Validated();
        var counts = TypeCounts.Of(training);
        var seed = options.Training.Seed;
        var config = Config with { HeadLayers = options.HeadLayers ?? Config.HeadLayers, BatchLabels = false, Adversary = false, InputNorm = Config.InputNorm == InputNorm.OfBatch ? InputNorm.None : Config.InputNorm };
        var model = WithHeads(config, training.Types, NoBatches, seed, [.. counts.Select(count => (double)count / training.Labels.Length)]);
        model.Module.Precision = Module.Precision;
        model.Module.Freeze(options.Tuned, learnsValues: options.Objective.HiddenShare > 0);
        var trained = model.Module.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel());

        ScGptExamples Examples(LabelledCells cells) => new(
            new ScGptReader(cells.Cells, model.Vocabulary, model.Config, options.Aliases), [.. Enumerable.Range(0, cells.Labels.Length)], Array.ConvertAll(cells.Labels, label => (long)label), null);
        var (learnt, heldOut) = (Examples(training), validation.Labels.Length == 0 ? Examples(training) : Examples(validation));
        var labels = Fingerprint.Of(hash => hash.Add<int>(training.Labels).Add<int>(validation.Labels));
        var identity = $"{training.Cells.CountIdentity}, labels {labels}, {options.Tuned}, {model.Beginnings(this)}";
        var task = new ScGptTask(model.Module, learnt, heldOut, options.Objective, seed, identity, cancellation);
        var run = Trainer.Run(task, options.Training.WarmingUpWithin(training.Labels.Length), checkpoint, progress, cancellation);
        model.Module.Freeze(FineTuned.All);
        return new ScGptModel(model) { Report = new() { Run = run, Parameters = trained, HeldOut = [], Error = double.NaN, GeneMeanError = double.NaN, MeanError = double.NaN } };
    }
}
