using System.Globalization;
using ScFm.Model.Nn;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.ScGpt;

/// <summary>Trains a scGPT for an objective.</summary>
internal sealed class ScGptTask : ITrainingTask
{
    private const int ValidationEpoch = -1; // no training epoch has it, so its masks are its own
    private const int ValidationBatch = 32;

    private readonly ScGptModule module;
    private readonly ScGptExamples training;
    private readonly ScGptObjective objective;
    private readonly int seed;
    private readonly (HiddenCell Cell, long? Type, long? Batch)[] heldOut;
    private readonly int passes;

    /// <summary>Makes the task; the held-out cells are read once. Where no types are learnt, cells without a gene of the model have nothing to predict and are passed over.</summary>
    /// <param name="module">The module to train.</param>
    /// <param name="training">The cells to train on.</param>
    /// <param name="validation">The cells to validate on.</param>
    /// <param name="objective">What it is trained for.</param>
    /// <param name="seed">Seed of all that is random of an example.</param>
    /// <param name="identity">Says which cells these are and what the model began with.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="means">Gets the values of the training cells, where no types are learnt. Default: nothing.</param>
    /// <exception cref="InvalidDataException">No types are learnt, and no cell of a part has a gene of the model.</exception>
    public ScGptTask(
        ScGptModule module, ScGptExamples training, ScGptExamples validation, ScGptObjective objective, int seed, string identity, CancellationToken cancellation, BinMeans? means = null)
    {
        (this.module, this.training, this.objective, this.seed) = (module, training, objective.Validated(), seed);
        if (training.Types is null)
        {
            (this.training, validation) = (WithGenes(training, cancellation, means), WithGenes(validation, cancellation));
            if (this.training.Cells.Length == 0 || validation.Cells.Length == 0)
            {
                throw new InvalidDataException($"Of {training.Cells.Length} training cells {this.training.Cells.Length}, and of those held out {validation.Cells.Length}, have a count of a gene of the model; expected one of each at least.");
            }
        }
        heldOut =
        [
            .. validation.Reader.Blocks(validation.Cells, i => GeneratorOf(validation.Cells[i], ValidationEpoch), cancellation)
                .SelectMany(block => block.Cells.Select((cell, i) => (Hide(cell, validation.Cells[block.First + i], ValidationEpoch), validation.Types?[block.First + i], validation.Batches?[block.First + i])))
                .OrderBy(example => example.Item1.Tokens.Length), // like lengths together: less padding where there is any
        ];
        // the gradient of a product is two products; where the blocks are frozen nothing but the head has one
        var isTrained = module.named_parameters().Any(p => p.name.StartsWith("transformer_encoder.", StringComparison.Ordinal) && p.parameter.requires_grad);
        passes = (isTrained ? 3 : 1) * (1 + (objective.Hiding == Hiding.Generative && objective.HiddenShare > 0 ? 1 : 0) + (objective.ContrastWeight > 0 ? 1 : 0));
        Identity = string.Create(CultureInfo.InvariantCulture, $"{this.training.Cells.Length} and {heldOut.Length} cells, {identity}, {module.Config}, {objective}, in {module.Precision}");
    }

    public nn.Module Module => module;

    public string Identity { get; }

    /// <summary>Equal lengths: cells of like length are of like types, which ECS, norms and the types' gradients need mixed; packed cells have no padding that like lengths would save.</summary>
    public ReadOnlySpan<int> Lengths => new int[training.Cells.Length];

    public Precision Precision => module.Precision;

    public int FewestCells => objective.IsOfPairs ? 2 : 1;

    /// <summary>The held-out cells with their masks; the same in every run with the seed.</summary>
    public IEnumerable<HiddenCell> HeldOut => heldOut.Select(example => example.Cell);

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch)
    {
        var places = cells.ToArray();
        var rows = Array.ConvertAll(places, place => training.Cells[place]);
        HiddenCell[] read = [.. training.Reader.Read(rows, i => GeneratorOf(rows[i], epoch)).Select((cell, i) => Hide(cell, rows[i], epoch))];
        var batch = Pack(read, training.Types is { } types ? [.. places.Select(place => types[place])] : null, training.Batches is { } batches ? [.. places.Select(place => batches[place])] : null);
        var flops = passes * read.Sum(cell => module.Config.ForwardFlops(cell.Tokens.Length, cell.Hidden.Length));
        var losses = ScGptLosses.Of(module, batch, objective);
        return new(losses.Total(objective), batch.Rows.Count, flops, losses.IsOfValues(objective) ? batch.Targets!.numel() : null);
    }

    public double Validate(CancellationToken cancellation) =>
        OverHeldOut((batch, cells) => ScGptLosses.Of(module, batch, objective).HeldOut.item<float>() * cells, cancellation) / heldOut.Length;

    /// <summary>Mean squared error of the held-out cells' hidden values.</summary>
    public double ValueError()
    {
        using var noGradients = no_grad();
        module.eval();
        var count = heldOut.Sum(example => (long)example.Cell.Hidden.Length);
        return OverHeldOut((batch, _) => batch.Hidden is null ? 0 : F.mse_loss(module.PredictValues(module.call(batch), batch).Values, batch.Targets!, nn.Reduction.Sum).item<float>(), default) / count;
    }

    /// <summary>The cells with a token beside that of &lt;cls&gt;.</summary>
    private ScGptExamples WithGenes(ScGptExamples examples, CancellationToken cancellation, BinMeans? means = null)
    {
        var kept = new List<int>();
        foreach (var (first, cells) in examples.Reader.Blocks(examples.Cells, i => GeneratorOf(examples.Cells[i], 0), cancellation))
        {
            for (var i = 0; i < cells.Length; i++)
            {
                if (cells[i].Tokens.Length > 1)
                {
                    kept.Add(first + i);
                    means?.Add(cells[i]);
                }
            }
        }
        return examples with { Cells = [.. kept.Select(i => examples.Cells[i])], Batches = examples.Batches is { } batches ? [.. kept.Select(i => batches[i])] : null };
    }

    private double OverHeldOut(Func<ScGptBatch, int, double> score, CancellationToken cancellation)
    {
        var sum = 0.0;
        foreach (var part in heldOut.Chunk(ValidationBatch))
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
            using var scope = NewDisposeScope();
            var (types, batches) = (part.Select(example => example.Type), part.Select(example => example.Batch));
            sum += score(Pack([.. part.Select(example => example.Cell)], part[0].Type is null ? null : [.. types.Select(type => type!.Value)], part[0].Batch is null ? null : [.. batches.Select(own => own!.Value)]), part.Length);
        }
        return sum;
    }

    private ScGptBatch Pack(HiddenCell[] cells, long[]? types, long[]? batches)
    {
        var device = module.Device;
        return ScGptBatch.Pack(cells, device, objective.Hiding == Hiding.Generative) with
        {
            Types = types is null ? null : tensor(types, device: device),
            Batches = batches is null ? null : tensor(batches, device: device),
        };
    }

    private HiddenCell Hide(ScGptCell cell, int row, int epoch) => HiddenCell.Hide(cell, objective.HiddenShare, module.Config.MaskValue, Seeds.For(seed, epoch, row, 1));

    private Random GeneratorOf(int row, int epoch) => Seeds.For(seed, epoch, row);
}
