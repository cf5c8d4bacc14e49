using ScFm.Model.Cells;
using ScFm.Model.Training;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Scad;

/// <summary>A SCAD as users hold it: what is trained on samples of known response and cells of unknown, saved, loaded and asked how likely cells respond.</summary>
/// <remarks>Source: SCAD (Zheng et al. 2023), scFoundation (Hao et al. 2024).</remarks>
/// <example><code>
/// var model = ScadModel.Train(new ScadExamples(bulk, sensitive, cells));
/// float[] probability = model.Predict(cells);
/// model.Save("scad.safetensors");
/// </code></example>
public sealed partial class ScadModel : IModel
{
    private const int RowsAtOnce = 4096;

    private readonly FeatureScale scale;

    private ScadModel(ScadModule module, FeatureScale scale) => (Module, this.scale) = (module, scale);

    /// <summary>The network.</summary>
    public ScadModule Module { get; }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => [Module];

    /// <summary>The names of the features, in the order in which they are asked for; null where they are not known.</summary>
    public IReadOnlyList<string>? Features { get; private init; }

    /// <summary>What the class that is asked about is called, such as sensitive.</summary>
    public required string Class { get; init; }

    /// <summary>How it was trained; null for a model that was loaded.</summary>
    public TrainingRun? Run { get; private init; }

    /// <summary>Trains a new model.</summary>
    /// <param name="examples">Samples and cells; labels of the cells are not known to it.</param>
    /// <param name="options">Shape and training. Default: see there.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the run after the step under way; the model that is returned has learnt up to there.</param>
    /// <exception cref="ArgumentException">An option is out of range, numbers differ, a value is not finite, all samples are of one class, or there are too few cells.</exception>
    public static ScadModel Train(
        ScadExamples examples, ScadOptions? options = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options = Options.Validate(options ?? new());
        examples.Require();
        manual_seed(options.Seed);
        var module = new ScadModule(options.Config with { Features = examples.Source.Columns });
        var both = DenseMatrix.Stack(examples.Source, examples.Target);
        var scale = options.Standardise ? FeatureScale.Of(both, [.. Enumerable.Range(0, both.Rows)]) : FeatureScale.None(both.Columns);
        using var scope = NewDisposeScope();
        var task = new ScadTask(module, examples with { Source = scale.Apply(examples.Source), Target = scale.Apply(examples.Target) }, options);
        var run = Trainer.Run(task, options.Loop, checkpoint, progress, cancellation);
        return new ScadModel(module, scale) { Features = examples.Features, Class = examples.Class, Run = run };
    }

    /// <summary>How likely each row belongs to the class that is asked about.</summary>
    /// <param name="rows">[cells, features], unscaled; cells it was adapted to or new ones.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>Probabilities; they order cells, and are calibrated for samples of both classes equally often at most.</returns>
    /// <exception cref="ArgumentException">The rows have another number of features, or a value is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public float[] Predict(DenseMatrix rows, CancellationToken cancellation = default)
    {
        if (rows.Columns != Module.Config.Features)
        {
            throw new ArgumentException($"The cells have {rows.Columns} features; expected {Module.Config.Features}, as in training.");
        }
        ScadExamples.RequireFinite(rows, "cells");
        using var unrecorded = no_grad();
        Module.eval();
        var (scaled, predicted) = (scale.Apply(rows), new float[rows.Rows]);
        for (var start = 0; start < rows.Rows; start += RowsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var count = Math.Min(RowsAtOnce, rows.Rows - start);
            var batch = tensor(scaled.Values.AsSpan(start * rows.Columns, count * rows.Columns).ToArray(), [count, rows.Columns], device: Module.Device);
            Module.Respond(Module.Extract(batch)).sigmoid().cpu().data<float>().CopyTo(predicted.AsSpan(start, count));
        }
        return predicted;
    }
}
