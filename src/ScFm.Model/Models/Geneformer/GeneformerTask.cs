using System.Globalization;
using ScFm.Model.Nn;
using ScFm.Model.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.Geneformer;

/// <summary>Prediction of hidden tokens.</summary>
internal sealed class GeneformerTask : ITrainingTask
{
    private const int ForwardAndBackward = 3; // the gradient of a product is two products
    private const int ValidationEpoch = -1; // no training epoch has it, so its masks are its own
    private const int ValidationBatch = 16;

    private readonly GeneformerModule module;
    private readonly RankReader reader;
    private readonly GeneformerOptions options;
    private readonly int[] training;
    private readonly int[] lengths;
    private readonly MaskedCell[] heldOut;

    /// <summary>Makes the task; all cells are read once.</summary>
    /// <param name="module">The module to train.</param>
    /// <param name="reader">The cells.</param>
    /// <param name="training">Those to train on.</param>
    /// <param name="heldOut">Those to validate on.</param>
    /// <param name="options">Masks and seed.</param>
    /// <param name="identity">Says which cells these are and what the model began with.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public GeneformerTask(GeneformerModule module, RankReader reader, int[] training, int[] heldOut, GeneformerOptions options, string identity, CancellationToken cancellation)
    {
        (this.module, this.reader, this.training, this.options) = (module, reader, training, options);
        Frequencies = new RankFrequencies(module.Tokens, module.Config.MaxLength);
        lengths = new int[training.Length];
        foreach (var (first, tokens) in reader.Blocks(training, cancellation))
        {
            for (var i = 0; i < tokens.Length; i++)
            {
                lengths[first + i] = tokens[i].Length;
                Frequencies.Add(tokens[i]);
            }
        }
        this.heldOut = [.. reader.Blocks(heldOut, cancellation).SelectMany(block => block.Tokens.Select((tokens, i) => Hide(tokens, heldOut[block.First + i], ValidationEpoch)))];
        Array.Sort(this.heldOut, (a, b) => a.Tokens.Length - b.Tokens.Length); // like lengths together: less padding where there is any
        Identity = string.Create(CultureInfo.InvariantCulture, $"{training.Length} and {heldOut.Length} cells, {identity}, {module.Config}, {options.Masking}, in {options.Precision}");
    }

    public nn.Module Module => module;

    public string Identity { get; }

    public ReadOnlySpan<int> Lengths => lengths;

    public Precision Precision => module.Precision;

    /// <summary>The tokens of the training cells by rank.</summary>
    public RankFrequencies Frequencies { get; }

    /// <summary>The held-out cells with their masks; the same in every run with the seed.</summary>
    public IReadOnlyList<MaskedCell> HeldOut => heldOut;

    /// <summary>Biases and norms do not decay, as in the reference's trainer.</summary>
    public optim.Optimizer Optimizer(IEnumerable<Parameter> trained, TrainingOptions options)
    {
        var parameters = trained.ToLookup(parameter => parameter.dim() > 1);
        return optim.AdamW(
        [
            new AdamW.ParamGroup(parameters[true], lr: options.LearningRate, weight_decay: options.WeightDecay),
            new AdamW.ParamGroup(parameters[false], lr: options.LearningRate, weight_decay: 0),
        ], options.LearningRate);
    }

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch)
    {
        var rows = new int[cells.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = training[cells[i]];
        }
        MaskedCell[] masked = [.. reader.Read(rows).Select((tokens, i) => Hide(tokens, rows[i], epoch))];
        var batch = RankBatch.Pack(masked, module.Device);
        var flops = ForwardAndBackward * masked.Sum(cell => module.Config.ForwardFlops(cell.Tokens.Length, cell.Predicted.Length, module.Tokens));
        return new(F.cross_entropy(module.call(batch), batch.Targets!), batch.Rows.Count, flops, batch.Targets!.numel());
    }

    public double Validate(CancellationToken cancellation) => Score(cancellation).Loss;

    /// <summary>The module as it is now on the held-out cells.</summary>
    public MaskedScore Evaluate()
    {
        using var noGradients = no_grad();
        module.eval();
        return Score(CancellationToken.None);
    }

    private MaskedScore Score(CancellationToken cancellation)
    {
        var (loss, right, count) = (0.0, 0L, 0L);
        foreach (var cells in heldOut.Chunk(ValidationBatch))
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
            using var scope = NewDisposeScope();
            var batch = RankBatch.Pack(cells, module.Device);
            var logits = module.call(batch);
            loss += F.cross_entropy(logits, batch.Targets!, reduction: nn.Reduction.Sum).item<float>();
            right += logits.argmax(1).eq(batch.Targets!).sum().item<long>();
            count += batch.Targets!.numel();
        }
        return new MaskedScore(loss / count, (double)right / count, count);
    }

    private MaskedCell Hide(int[] tokens, int cell, int epoch) =>
        Masking.Hide(tokens, options.Masking, module.Tokens, Seeds.For(options.Training.Seed, epoch, cell));
}
