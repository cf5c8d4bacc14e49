using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>What the training loop needs to know of a model and its cells.</summary>
public interface ITrainingTask
{
    /// <summary>The module whose parameters are trained.</summary>
    nn.Module Module { get; }

    /// <summary>Says which cells are trained on and for what; a checkpoint is only taken up by a task that says the same.</summary>
    string Identity { get; }

    /// <summary>Length of each training cell: its number of expressed genes.</summary>
    ReadOnlySpan<int> Lengths { get; }

    /// <summary>The mean loss of some training cells, a scalar that can be differentiated, and the number of tokens that went through the encoder.</summary>
    /// <param name="cells">Which training cells.</param>
    /// <param name="epoch">The epoch; with the seed and the cell it fixes all that is random of an example.</param>
    (Tensor Loss, long Tokens) Loss(ReadOnlySpan<int> cells, int epoch);

    /// <summary>The optimizer of a run. Default: AdamW.</summary>
    /// <param name="options">Learning rate and weight decay.</param>
    optim.Optimizer Optimizer(TrainingOptions options) => optim.AdamW(Module.parameters(), options.LearningRate, weight_decay: options.WeightDecay);

    /// <summary>The loss on the held-out cells.</summary>
    double Validate(CancellationToken cancellation);
}
