using ScFm.Model.Cells;
using ScFm.Model.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.Scad;

/// <summary>Trains a SCAD: an epoch goes over the cells of the target once, and draws source samples beside them.</summary>
internal sealed class ScadTask : ITrainingTask
{
    /// <summary>The fewest rows of a domain that a step is taken on, as in the reference: of fewer, the batch norm's statistics say little.</summary>
    public const int FewestRows = 5;

    private const long SourcePurpose = 0x5343;

    private readonly ScadModule module;
    private readonly ScadOptions options;
    private readonly Tensor source;
    private readonly Tensor labels;
    private readonly Tensor target;
    private readonly int[][] classes;

    /// <summary>Makes the task; its tensors belong to the scope around it.</summary>
    /// <param name="module">The module.</param>
    /// <param name="examples">Samples and cells, on the model's scale.</param>
    /// <param name="options">Batches and weights.</param>
    public ScadTask(ScadModule module, ScadExamples examples, ScadOptions options)
    {
        (this.module, this.options) = (module, options);
        Tensor OnDevice(DenseMatrix rows) => tensor(rows.Values, [rows.Rows, rows.Columns], device: module.Device);
        (source, target) = (OnDevice(examples.Source), OnDevice(examples.Target));
        labels = tensor(Array.ConvertAll(examples.Labels, label => label ? 1f : 0f), device: module.Device);
        classes = [.. Enumerable.Range(0, examples.Labels.Length).GroupBy(sample => examples.Labels[sample]).OrderBy(group => group.Key).Select(group => group.ToArray())];
        EpochLength = examples.Target.Rows - (examples.Target.Rows % options.BatchSize is var rest and < FewestRows ? rest : 0);
        var data = Fingerprint.Of(hash => hash.Add<float>(examples.Source.Values).Add<bool>(examples.Labels).Add<float>(examples.Target.Values));
        Identity = FormattableString.Invariant($"{examples.Source.Rows} samples and {examples.Target.Rows} cells ({data}), {module.Config}, domains {options.DomainWeight}");
    }

    public nn.Module Module => module;

    public string Identity { get; }

    /// <summary>Equal lengths: statistics are taken over a batch, so that like cells must not stand together.</summary>
    public ReadOnlySpan<int> Lengths => new int[target.shape[0]];

    /// <summary>All cells of the target but a rest that is too small for a step.</summary>
    public int EpochLength { get; }

    /// <summary>All of a step: each has as many source samples beside it, and statistics of both.</summary>
    public int FewestCells => options.BatchSize;

    public int[][] Batches(int epoch, TrainingOptions options)
    {
        int[] order = [.. Enumerable.Range(0, (int)target.shape[0])];
        Seeds.For(options.Seed, epoch).Shuffle(order);
        return [.. order.Take(EpochLength).Chunk(options.BatchSize)];
    }

    public optim.Optimizer Optimizer(IEnumerable<Parameter> trained, TrainingOptions options) => optim.Adagrad(trained, options.LearningRate);

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch)
    {
        using var samples = Places(Draw(Seeds.For(options.Seed, SourcePurpose, epoch, cells[0]))); // a cell begins one batch of an epoch
        using var asked = Places(cells);
        var loss = module.Loss(source.index_select(0, samples), labels.index_select(0, samples), target.index_select(0, asked));
        return new(loss.Total(options.DomainWeight), options.BatchSize + cells.Length);
    }

    /// <summary>The cross-entropy of the source samples; it shows that they are learnt, and nothing is chosen by it.</summary>
    public double Validate(CancellationToken cancellation) => F.binary_cross_entropy_with_logits(module.Respond(module.Extract(source)), labels).item<float>();

    /// <summary>Source samples with replacement, both classes equally likely and all samples of a class: inverse class frequency, as in the reference.</summary>
    internal int[] Draw(Random random)
    {
        var drawn = new int[options.BatchSize];
        for (var i = 0; i < drawn.Length; i++)
        {
            var ofClass = classes[random.Next(classes.Length)];
            drawn[i] = ofClass[random.Next(ofClass.Length)];
        }
        return drawn;
    }

    private Tensor Places(ReadOnlySpan<int> rows)
    {
        var places = new long[rows.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = rows[i];
        }
        return tensor(places, device: module.Device);
    }
}
