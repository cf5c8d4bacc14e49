using ScFm.Model.Cells;
using ScFm.Model.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>Maximises the evidence lower bound of an scVI or LDVAE.</summary>
internal sealed class ScViTask : ITrainingTask
{
    private const double AdamEpsilon = 0.01;
    private const int ValidationBatch = 512;
    private const int StepsOfStatistics = 500; // each replaces a hundredth of the running statistics: less than a hundredth of those it began with is left

    private readonly ScViModule module;
    private readonly CountReader reader;
    private readonly CountReadAhead ahead;
    private readonly Splits split;
    private readonly int warmUpEpochs;
    private readonly int seed;

    /// <summary>Makes the task.</summary>
    /// <param name="module">The module to train.</param>
    /// <param name="cells">All cells, with raw counts.</param>
    /// <param name="batches">All cells' batches.</param>
    /// <param name="split">Which cells to train and to validate on.</param>
    /// <param name="options">Warm-up and seed.</param>
    public ScViTask(ScViModule module, ICellSource cells, long[] batches, Splits split, ScViOptions options)
    {
        (this.module, this.split, warmUpEpochs, seed) = (module, split, options.WarmUpEpochs, options.Seed);
        reader = new CountReader(cells, batches);
        ahead = new CountReadAhead(reader, module.Device);
        Identity = $"{split.Train.Length} and {split.Validation.Length} of {cells.CellCount} cells of {cells.GeneCount} genes ({cells.CountIdentity}, batches {Fingerprint.Of(hash => hash.Add<long>(batches))}), {module.Config}, {options.WarmUpEpochs} epochs of warm-up";
    }

    public nn.Module Module => module;

    public string Identity { get; }

    /// <summary>Equal lengths: statistics are taken over a batch, so that like cells must not stand together.</summary>
    public ReadOnlySpan<int> Lengths => new int[split.Train.Length];

    public int FewestCells => HasBatchNorm ? 2 : 1;

    public static optim.Optimizer Optimizer(IEnumerable<Parameter> trained, double learningRate, double weightDecay) =>
        optim.Adam(trained, learningRate, eps: AdamEpsilon, weight_decay: weightDecay);

    public optim.Optimizer Optimizer(IEnumerable<Parameter> trained, TrainingOptions options) => Optimizer(trained, options.LearningRate, options.WeightDecay);

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch)
    {
        var batch = ahead.Take(Rows(cells));
        var weight = epoch < warmUpEpochs ? (double)epoch / warmUpEpochs : 1;
        var bound = module.call(batch, ScViNoise.Draw(batch.Cells, module));
        return new(bound.Loss(weight).mean(), batch.Values.numel());
    }

    public void Expect(ReadOnlySpan<int> cells) => ahead.Expect(Rows(cells));

    public void ExpectNothing() => ahead.GiveUp();

    /// <summary>
    /// Evaluation uses batch norm's running statistics, of which a step replaces a hundredth: for tens of steps they are far from those that training uses, and where cells differ a
    /// hundredfold in depth the exponential of an inferred library size overflows. The reference does not notice, since it validates in the run only where it may stop early.
    /// </summary>
    public bool HeldOutMayOverflow => module.Config.EncoderNorm.HasFlag(HiddenNorm.Batch);

    /// <summary>As many as batch norm's running statistics take to forget where they began.</summary>
    public int StepsToSettle => HasBatchNorm ? StepsOfStatistics : 0;

    private bool HasBatchNorm => (module.Config.EncoderNorm | module.Config.DecoderNorm).HasFlag(HiddenNorm.Batch);

    /// <summary>The negative evidence bound of a held-out cell, without warm-up; the draws are the same each time.</summary>
    public double Validate(CancellationToken cancellation)
    {
        var sum = 0.0;
        using var generator = new Generator((ulong)seed);
        foreach (var cells in split.Validation.Chunk(ValidationBatch))
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
            using var scope = NewDisposeScope();
            var batch = reader.Read(cells, module.Device);
            sum += module.call(batch, ScViNoise.Draw(batch.Cells, module, generator)).Loss().sum().item<float>();
        }
        return sum / split.Validation.Length;
    }
    private int[] Rows(ReadOnlySpan<int> cells)
    {
        var rows = new int[cells.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = split.Train[cells[i]];
        }
        return rows;
    }
}
