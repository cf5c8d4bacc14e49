using ScFm.Model.Cells;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Read-depth-aware masked regression of a scFoundation on raw counts.</summary>
internal sealed class PretrainingTask : ITrainingTask
{
    private const int ValidationEpoch = -1; // no training epoch has it, so its masks are its own
    private const int ValidationBatch = 16;

    private readonly ScFoundationModule module;
    private readonly ReadDepthObjective objective;
    private readonly CsrMatrix training;
    private readonly int[] lengths;
    private readonly int seed;
    private readonly CellTokens[] heldOutExamples;

    public PretrainingTask(ScFoundationModule module, ReadDepthOptions readDepth, CsrMatrix training, CsrMatrix heldOut, int seed)
    {
        (this.module, this.training, this.seed) = (module, training, seed);
        objective = new ReadDepthObjective(readDepth, module.Config.Genes);
        Identity = $"{training.Rows} and {heldOut.Rows} cells of {training.Columns} genes ({Fingerprint.Of(training, heldOut)}), {readDepth}";
        lengths = new int[training.Rows];
        for (var cell = 0; cell < lengths.Length; cell++)
        {
            lengths[cell] = training.RowIndices(cell).Length;
        }
        heldOutExamples = new CellTokens[heldOut.Rows];
        for (var cell = 0; cell < heldOutExamples.Length; cell++)
        {
            heldOutExamples[cell] = Example(heldOut, cell, ValidationEpoch);
        }
        Array.Sort(heldOutExamples, (a, b) => a.Visible.Length - b.Visible.Length); // like lengths together: less padding
    }

    public nn.Module Module => module;

    public string Identity { get; }

    public ReadOnlySpan<int> Lengths => lengths;

    /// <summary>The held-out cells' examples; the same in every run with the seed.</summary>
    public IReadOnlyList<CellTokens> HeldOutExamples => heldOutExamples;

    public (Tensor Loss, long Tokens) Loss(ReadOnlySpan<int> cells, int epoch)
    {
        var rows = cells.ToArray();
        var examples = new CellTokens[rows.Length];
        Parallel.For(0, rows.Length, i => examples[i] = Example(training, rows[i], epoch));
        var batch = Pack(examples);
        var (sum, count) = SquaredError(batch);
        return (sum / count, batch.VisibleCount);
    }

    public double Validate(CancellationToken cancellation)
    {
        var (sum, count) = (0.0, 0.0);
        foreach (var examples in heldOutExamples.Chunk(ValidationBatch))
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
            using var scope = NewDisposeScope();
            var (batchSum, batchCount) = SquaredError(Pack(examples));
            sum += batchSum.item<float>();
            count += batchCount;
        }
        return sum / count;
    }

    /// <summary>The held-out loss of the module as it is now.</summary>
    public double Evaluate()
    {
        using var _ = no_grad();
        module.eval();
        return Validate(CancellationToken.None);
    }

    private CellTokens Example(CsrMatrix counts, int cell, int epoch) =>
        objective.Example(counts, cell, Seeds.For(seed, epoch, cell));

    private TokenBatch Pack(CellTokens[] examples) => TokenBatch.Pack(examples, module.Config.Genes, module.PositionEmbedding.device);

    private (Tensor Sum, long Count) SquaredError(TokenBatch batch)
    {
        var error = (module.call(batch) - batch.Targets!) * batch.WantedExists!;
        return (error.square().sum(), batch.WantedCount);
    }
}
