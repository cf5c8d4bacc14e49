using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Nn;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Heads;

public sealed partial class HeadClassifier
{
    /// <summary>Trains a head on an encoder to tell the types of labelled cells, and of the encoder what is asked for.</summary>
    /// <param name="encoder">The encoder; it stays as it is, and the classifier gets a copy.</param>
    /// <param name="cells">The cells with their types.</param>
    /// <param name="options">Head, tuning and training. Default: two layers on a frozen encoder.</param>
    /// <param name="checkpoint">A file to save to and to go on from; see <see cref="Trainer"/>. Default: none.</param>
    /// <param name="progress">Told after every step. Default: nobody.</param>
    /// <param name="cancellation">Ends the training after the step under way; the classifier that is returned has learnt up to there.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the cells have fewer than two types.</exception>
    /// <exception cref="InvalidDataException">The values are no raw counts, or a cell has no gene of the model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first step.</exception>
    /// <exception cref="InvalidOperationException">A step could not be done, such as for lack of memory.</exception>
    public static HeadClassifier FineTune(
        ICellEncoder encoder, LabelledCells cells, HeadOptions? options = null, string? checkpoint = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options = (options ?? new()).Validated();
        var known = KnownTypes.Of(cells);
        var (training, validation) = ValidationPart.Of(cells, options.ValidationShare, options.Training.Seed);
        var (identity, copy) = (encoder.Identity, encoder.Copy());
        var tuned = TunedEncoder.Of(copy, options);
        manual_seed(options.Training.Seed);
        var head = new HeadModule(copy.Width, known.Count, options.Kind, options.Hidden, options.Dropout);
        head.to(copy.Module.parameters().First().device);

        using var scope = NewDisposeScope();
        var (learnt, vectorFlops) = Prepared(tuned, training, cancellation);
        var (measured, moreFlops) = Prepared(tuned, validation, cancellation);
        var weights = tensor(known.Weights(training, options.Balanced)).to(copy.Module.parameters().First().device);
        var joined = options.Tuned == HeadTuning.Frozen ? (nn.Module)head : new JoinedModule(("encoder", copy.Module), ("head", head));
        var task = new HeadTask(joined, head, copy.Module, (learnt, known.Codes(training)), (measured, known.Codes(validation)), weights, Flops(tuned, learnt), Identity($"{encoder.Name} {encoder.Reading} {identity}", learnt, measured, cells, options));
        var loop = options.Training with { Patience = measured.Count > 0 ? options.Training.Patience : 0 };
        var run = Trainer.Run(tuned.Lora is { } lora ? new LoraTask(task, lora, head) : task, loop, checkpoint, progress, cancellation).WithoutFailure($"The head on {encoder.Name}");
        if (run.Steps == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }
        tuned.Lora?.Apply();
        var parameters = joined.parameters().Concat(tuned.Lora?.parameters() ?? []).Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel());
        var fit = new ClassifierFit(parameters, vectorFlops + moreFlops + run.Flops, Notes(run, measured.Count));
        copy.Module.eval();
        return new HeadClassifier(tuned, head, known, options, identity, fit) { Run = run };
    }

    /// <summary>Cells as the tuned encoder reads them: by their vectors where it stays as it is.</summary>
    private static (IEncodableCells Cells, double Flops) Prepared(TunedEncoder tuned, LabelledCells cells, CancellationToken cancellation)
    {
        if (cells.Labels.Length == 0)
        {
            return (NoCells.Instance, 0);
        }
        var read = tuned.Encoder.Read(cells.Cells, cancellation);
        return tuned is { Lora: null, Trained.Count: 0 }
            ? (KeptVectors.Of(tuned.Encoder, read, cancellation), Enumerable.Range(0, read.Count).Sum(cell => tuned.Encoder.Flops(read.Tokens(cell))))
            : (read, 0);
    }

    /// <summary>What a training cell costs in the encoder: forwards once, and backwards twice that where the gradient flows.</summary>
    private static Func<int, double> Flops(TunedEncoder tuned, IEncodableCells cells) =>
        tuned.FlowShare == 0 ? _ => 0 : cell => tuned.Encoder.Flops(cells.Tokens(cell)) * (1 + 2 * tuned.FlowShare);

    private static string Identity(string encoder, IEncodableCells training, IEncodableCells validation, LabelledCells cells, HeadOptions options) =>
        $"types {Fingerprint.Of(hash => hash.Add([.. cells.Types]).Add<int>(cells.Labels))} of cells {training.Identity} and {validation.Identity} by {encoder}, {JsonSerializer.Serialize(options with { Training = new(), EncoderFile = null })}";

    private static string[] Notes(TrainingRun run, int validated) =>
    [
        FormattableString.Invariant($"{run.Steps} steps, {run.End switch { TrainingEnd.StoppedEarly => "stopped early", TrainingEnd.Interrupted => "interrupted", _ => "to the end" }}."),
        validated > 0
            ? FormattableString.Invariant($"Best cross entropy on {validated} validation cells: {run.BestValidation:F3}.")
            : "No cell could be spared to validate on.",
    ];
}
