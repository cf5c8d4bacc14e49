using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Nn;
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
    private readonly MappedCounts training;
    private readonly CellSampler? sampler;
    private readonly int seed;
    private readonly CellTokens[] heldOutExamples;
    private readonly ExampleReadAhead ahead;

    /// <summary>Makes the task.</summary>
    /// <param name="module">The module to train.</param>
    /// <param name="readDepth">How cells are thinned and masked.</param>
    /// <param name="training">Cells to train on.</param>
    /// <param name="heldOut">Cells to measure the loss on; their examples are kept.</param>
    /// <param name="seed">Seed of all examples.</param>
    /// <param name="origin">What the module begins with, in words. Default: a new one.</param>
    /// <param name="sampler">Draws the training cells. Default: each once an epoch, those of like length together.</param>
    public PretrainingTask(
        ScFoundationModule module, ReadDepthOptions readDepth, MappedCounts training, MappedCounts heldOut, int seed, string origin = "", CellSampler? sampler = null)
    {
        (this.module, this.training, this.seed, this.sampler) = (module, training, seed, sampler);
        objective = new ReadDepthObjective(readDepth, module.Config.Genes);
        ahead = new ExampleReadAhead(Examples);
        Identity = string.Join(", ", new[] { PretrainingCells.Describe(training, heldOut), $"{readDepth}", origin, sampler?.ToString() ?? "" }.Where(part => part.Length > 0));
        heldOutExamples = [.. heldOut.Blocks().SelectMany(block => Enumerable.Range(0, block.Rows).Select(row => (block, row))).Select((at, cell) => Example(at.block, at.row, cell, ValidationEpoch))];
        Array.Sort(heldOutExamples, (a, b) => a.Visible.Length - b.Visible.Length); // like lengths together: less padding
    }

    public nn.Module Module => module;

    public string Identity { get; }

    public ReadOnlySpan<int> Lengths => training.Lengths;

    public int EpochLength => sampler?.Length ?? training.Count;

    /// <summary>The held-out cells' examples; the same in every run with the seed.</summary>
    public IReadOnlyList<CellTokens> HeldOutExamples => heldOutExamples;

    public Precision Precision => module.Precision;

    /// <summary>The time that training spent waiting for examples.</summary>
    public TimeSpan Waited => ahead.Waited;

    public int[][] Batches(int epoch, TrainingOptions options) =>
        sampler?.Batches(epoch, options.BatchSize) ?? BatchPlan.Shuffled(Lengths, options.BatchSize, Seeds.For(options.Seed, epoch));

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch)
    {
        var examples = ahead.Take(cells.ToArray(), epoch);
        var batch = Pack(examples);
        var (sum, count) = SquaredError(batch);
        return new(sum / count, batch.VisibleCount, ModelSummary.ForwardAndBackward * ModelSummary.ForwardFlops(module.Config, examples), count);
    }

    public void Expect(ReadOnlySpan<int> cells) => ahead.Expect(cells.ToArray());

    public void ExpectNothing() => ahead.GiveUp();

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

    private CellTokens[] Examples(int[] cells, int epoch)
    {
        var counts = training.Read(cells);
        var examples = new CellTokens[cells.Length];
        Parallel.For(0, cells.Length, i => examples[i] = Example(counts, i, cells[i], epoch));
        return examples;
    }

    private CellTokens Example(CsrMatrix counts, int row, int cell, int epoch) =>
        objective.Example(counts, row, Seeds.For(seed, epoch, cell));

    private TokenBatch Pack(CellTokens[] examples) => TokenBatch.Pack(examples, module.Config.Genes, module.PositionEmbedding.device);

    private (Tensor Sum, long Count) SquaredError(TokenBatch batch)
    {
        var error = (module.call(batch) - batch.Targets!) * batch.WantedExists!;
        return (error.square().sum(), batch.WantedCount);
    }
}
