using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>What the training loop needs to know of a model and its cells.</summary>
public interface ITrainingTask
{
    /// <summary>The module whose parameters are trained, those that want a gradient.</summary>
    nn.Module Module { get; }

    /// <summary>Modules that a step computes with or that lie on the device meanwhile, though they are not trained, such as the model under its adapters; those of <see cref="Module"/> may be among them. They count to the memory of a training. Default: none.</summary>
    IEnumerable<nn.Module> Beside => [];

    /// <summary>Says which cells are trained on and for what; a checkpoint is only taken up by a task that says the same.</summary>
    string Identity { get; }

    /// <summary>What its matrix products compute in; the run is compared with the machine's peak in it. Default: float32.</summary>
    Precision Precision => Precision.Float32;

    /// <summary>Length of each training cell: its number of expressed genes.</summary>
    ReadOnlySpan<int> Lengths { get; }

    /// <summary>Training cells that an epoch takes. Default: each once.</summary>
    int EpochLength => Lengths.Length;

    /// <summary>Which training cells stand in which batch of an epoch. Default: <see cref="BatchPlan"/>'s, each once and those of like length together.</summary>
    /// <remarks>It depends on the epoch and the options alone, so that a run that was stopped within an epoch goes on exactly; the batches hold <see cref="EpochLength"/> cells, and all but one are full.</remarks>
    /// <param name="epoch">The epoch.</param>
    /// <param name="options">The size of a batch, and the seed.</param>
    int[][] Batches(int epoch, TrainingOptions options) => BatchPlan.Shuffled(Lengths, options.BatchSize, Seeds.For(options.Seed, epoch));

    /// <summary>The fewest cells that a rank makes a forward pass of, 1 or more; where a batch has fewer a rank, some ranks get none of it. Default: 1; where a norm takes statistics over a batch, 2; where a step must be one pass, its batch.</summary>
    int FewestCells => 1;

    /// <summary>The mean loss of some training cells, and what it cost.</summary>
    /// <remarks>
    /// Where several ranks train, each asks for its share of a batch. They come to the step of one process where the loss is a mean over cells or what <see cref="BatchLoss.Weight"/> counts;
    /// what is computed over a batch (its statistics, pairs of its cells) and what torch's generator draws (dropout) is each rank's own.
    /// </remarks>
    /// <param name="cells">Which training cells.</param>
    /// <param name="epoch">The epoch; with the seed and the cell it fixes all that is random of an example.</param>
    BatchLoss Loss(ReadOnlySpan<int> cells, int epoch);

    /// <summary>Tells which cells <see cref="Loss"/> is asked for next, so that they can be read while the present batch's gradients are computed. Default: nothing is done.</summary>
    /// <param name="cells">Which training cells.</param>
    void Expect(ReadOnlySpan<int> cells) { }

    /// <summary>Takes the last <see cref="Expect"/> back: when this returns, nothing is read in the background any more. Default: nothing is done.</summary>
    void ExpectNothing() { }

    /// <summary>The optimizer of a run. Default: AdamW.</summary>
    /// <param name="trained">The parameters that want a gradient.</param>
    /// <param name="options">Learning rate and weight decay.</param>
    optim.Optimizer Optimizer(IEnumerable<Parameter> trained, TrainingOptions options) => optim.AdamW(trained, options.LearningRate, weight_decay: options.WeightDecay);

    /// <summary>True where the held-out loss may be beyond numbers for a while though the training goes well; one that is not finite then counts as infinite, and ends no run. Default: false.</summary>
    bool HeldOutMayOverflow => false;

    /// <summary>Steps before which the held-out loss does not yet say what the weights are worth: it may be the best, but patience begins after them. Default: 0.</summary>
    int StepsToSettle => 0;

    /// <summary>The loss on the held-out cells.</summary>
    double Validate(CancellationToken cancellation);
}
