using System.Globalization;
using ScFm.Model.Corpora;
using ScFm.Model.Nn;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.ScBert;

/// <summary>Prediction of cell types.</summary>
internal sealed class ScBertTuningTask : ITrainingTask
{
    private const int ValidationBatch = 16;

    private readonly ScBertClassifierModule module;
    private readonly (BinReader Reader, int[] Labels) training;
    private readonly (BinReader Reader, int[] Labels) validation;
    private readonly float[]? weights;
    private readonly int[] lengths;
    private readonly double flops;

    /// <summary>Makes the task.</summary>
    /// <param name="module">The model with its head; what is not to be trained is frozen.</param>
    /// <param name="model">Its genes.</param>
    /// <param name="training">Cells to learn from.</param>
    /// <param name="validation">Cells to stop early on, one or more.</param>
    /// <param name="options">What is trained, and how types are weighed.</param>
    public ScBertTuningTask(ScBertClassifierModule module, ScBertModel model, LabelledCells training, LabelledCells validation, ScBertTuningOptions options)
    {
        this.module = module;
        this.training = (new BinReader(training.Cells, model.Genes, model.Config, options.Aliases), training.Labels);
        this.validation = (new BinReader(validation.Cells, model.Genes, model.Config, options.Aliases), validation.Labels);
        weights = options.Balanced ? [.. TypeCounts.Of(training).Select(count => (float)Math.Pow(1 - (double)count / training.Labels.Length, 2))] : null;
        lengths = [.. Enumerable.Repeat(model.Genes.Count + 1, training.Labels.Length)];
        flops = Flops(module, model.Config.ForwardFlops(model.Genes.Count), options.Tuned);
        Identity = string.Create(CultureInfo.InvariantCulture,
            $"{training.Cells.CountIdentity} and {validation.Cells.CountIdentity}, labels {Cells.Fingerprint.Of<int>(training.Labels)} and {Cells.Fingerprint.Of<int>(validation.Labels)}, from model {ModelFingerprint.Of(model.Module, model.Genes)}, aliases {options.Aliases?.ToString() ?? "none"}, {model.Config}, {options.Tuned}, weighted {options.Balanced}, in {options.Precision}");
    }

    public nn.Module Module => module;

    public string Identity { get; }

    public ReadOnlySpan<int> Lengths => lengths;

    public Precision Precision => module.Body.Precision;

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch)
    {
        var rows = cells.ToArray();
        var (logits, labels) = Predict(training, rows);
        var loss = F.cross_entropy(logits, labels, weights is null ? null : tensor(weights, device: labels.device));
        return new(loss, (long)rows.Length * lengths[0], rows.Length * flops, weights is null ? null : rows.Sum(row => (double)weights[training.Labels[row]]));
    }

    public double Validate(CancellationToken cancellation)
    {
        var loss = 0.0;
        foreach (var rows in Enumerable.Range(0, validation.Labels.Length).Chunk(ValidationBatch))
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
            using var scope = NewDisposeScope();
            var (logits, labels) = Predict(validation, rows);
            loss += F.cross_entropy(logits, labels, reduction: nn.Reduction.Sum).item<float>();
        }
        return loss / validation.Labels.Length;
    }

    private (Tensor Logits, Tensor Labels) Predict((BinReader Reader, int[] Labels) part, int[] rows)
    {
        var batch = BinBatch.Pack(part.Reader.Read(rows), module.Body.Genes, module.Body.Device);
        return (module.call(batch), tensor([.. rows.Select(row => (long)part.Labels[row])], device: module.Body.Device));
    }

    /// <summary>Operations of a cell, forward and backward: the gradient of a product is two products, and below what is trained there is none.</summary>
    private static double Flops(ScBertClassifierModule module, double forward, TunedBlocks tuned)
    {
        var block = forward / module.Body.Config.Layers;
        var backward = tuned switch
        {
            TunedBlocks.All => 2 * forward,
            TunedBlocks.Last => 2 * block,
            _ => 3 * block, // the last block only passes the gradient on
        };
        return forward + backward + 6.0 * module.Head.parameters().Sum(parameter => parameter.numel());
    }
}
