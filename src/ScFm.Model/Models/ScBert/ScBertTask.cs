using System.Globalization;
using ScFm.Model.Nn;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.ScBert;

/// <summary>Prediction of hidden bins.</summary>
internal sealed class ScBertTask : ITrainingTask
{
    private const int ForwardAndBackward = 3; // the gradient of a product is two products
    private const int ValidationEpoch = -1; // no training epoch has it, so its masks are its own
    private const int ValidationBatch = 8;

    private readonly ScBertModule module;
    private readonly BinReader reader;
    private readonly ScBertOptions options;
    private readonly int[] training;
    private readonly int[] lengths;
    private readonly MaskedBins[] heldOut;

    /// <summary>Makes the task; all cells are read once. Cells without a bin above 0 have nothing to predict and are passed over.</summary>
    /// <param name="module">The module to train.</param>
    /// <param name="reader">The cells.</param>
    /// <param name="training">Those to train on.</param>
    /// <param name="heldOut">Those to validate on.</param>
    /// <param name="options">Masks and seed.</param>
    /// <param name="identity">Says which cells these are and what the model began with.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">No cell of a part has a bin above 0.</exception>
    public ScBertTask(ScBertModule module, BinReader reader, int[] training, int[] heldOut, ScBertOptions options, string identity, CancellationToken cancellation)
    {
        (this.module, this.reader, this.options) = (module, reader, options);
        var (bins, kept, genes) = (new long[module.Config.LargestBin + 1], new List<int>(), new List<int>());
        foreach (var (first, cells) in reader.Blocks(training, cancellation))
        {
            for (var i = 0; i < cells.Length; i++)
            {
                if (cells[i].Genes.Length == 0)
                {
                    continue;
                }
                kept.Add(training[first + i]);
                genes.Add(cells[i].Genes.Length);
                Array.ForEach(cells[i].Bins, bin => bins[bin]++);
            }
        }
        (this.training, lengths, Frequencies) = ([.. kept], [.. genes], new BinFrequencies(bins));
        this.heldOut =
        [
            .. reader.Blocks(heldOut, cancellation).SelectMany(block => block.Cells.Select((cell, i) => (Cell: cell, Row: heldOut[block.First + i])))
                .Where(held => held.Cell.Genes.Length > 0).Select(held => Hide(held.Cell, held.Row, ValidationEpoch)),
        ];
        if (lengths.Length == 0 || this.heldOut.Length == 0)
        {
            throw new InvalidDataException($"Of {training.Length} training cells {lengths.Length}, and of {heldOut.Length} held-out cells {this.heldOut.Length}, have a bin above 0 of the model's {module.Genes} genes; expected one of each at least.");
        }
        Array.Sort(this.heldOut, (a, b) => a.Predicted.Length - b.Predicted.Length); // like numbers together: less is asked in vain
        Identity = string.Create(CultureInfo.InvariantCulture, $"{training.Length} and {heldOut.Length} cells, {identity}, {module.Config}, {options.Masking}, in {options.Precision}");
    }

    public nn.Module Module => module;

    public string Identity { get; }

    public ReadOnlySpan<int> Lengths => lengths;

    public Precision Precision => module.Precision;

    /// <summary>The bins of the training cells.</summary>
    public BinFrequencies Frequencies { get; }

    /// <summary>The held-out cells with their masks; the same in every run with the seed.</summary>
    public IReadOnlyList<MaskedBins> HeldOut => heldOut;

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch)
    {
        var rows = new int[cells.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = training[cells[i]];
        }
        MaskedBins[] masked = [.. reader.Read(rows).Select((cell, i) => Hide(cell, rows[i], epoch))];
        var batch = BinBatch.Pack(masked, module.Genes, module.Device);
        var flops = ForwardAndBackward * masked.Length * module.Config.ForwardFlops(module.Genes, (int)batch.Asking!.shape[1]);
        return new(F.cross_entropy(module.call(batch), batch.Targets!), batch.Tokens.numel(), flops, batch.Targets!.numel());
    }

    public double Validate(CancellationToken cancellation) => Score(cancellation).Score.Loss;

    /// <summary>The module as it is now on the held-out cells, and the share of its predictions that are their cell's commonest visible bin.</summary>
    public (MaskedScore Score, double MajorityShare) Evaluate()
    {
        using var noGradients = no_grad();
        module.eval();
        return Score(CancellationToken.None);
    }

    private (MaskedScore Score, double MajorityShare) Score(CancellationToken cancellation)
    {
        var (loss, right, majority, count) = (0.0, 0L, 0L, 0L);
        foreach (var cells in heldOut.Chunk(ValidationBatch))
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
            using var scope = NewDisposeScope();
            var batch = BinBatch.Pack(cells, module.Genes, module.Device);
            var logits = module.call(batch);
            loss += F.cross_entropy(logits, batch.Targets!, reduction: nn.Reduction.Sum).item<float>();
            // a bin above 0 is hidden for certain, so the likeliest of these is the prediction
            var predicted = logits.narrow(1, 1, module.Config.LargestBin).argmax(1) + 1;
            var commonest = tensor([.. cells.SelectMany(cell => Enumerable.Repeat((long)Frequencies.MajorityOf(cell.Seen), cell.Targets.Length))], device: module.Device);
            right += predicted.eq(batch.Targets!).sum().item<long>();
            majority += predicted.eq(commonest).sum().item<long>();
            count += batch.Targets!.numel();
        }
        return (new MaskedScore(loss / count, (double)right / count, count), (double)majority / count);
    }

    private MaskedBins Hide(BinnedCell cell, int row, int epoch) =>
        BinMasking.Hide(cell, options.Masking, module.Config.MaskToken, Seeds.For(options.Training.Seed, epoch, row));
}
