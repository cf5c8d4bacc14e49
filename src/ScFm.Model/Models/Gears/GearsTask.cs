using ScFm.Model.Cells;
using ScFm.Model.Nn;
using ScFm.Model.Screens;
using ScFm.Model.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>Learns what a control cell becomes: each training cell is the answer for a control cell of its context, drawn anew in every epoch; a control cell for itself.</summary>
internal sealed class GearsTask : ITrainingTask
{
    private const int ForwardAndBackward = 3; // the gradient of a product is two products
    private const int TopGenes = 20;

    private readonly GearsCells cells;
    private readonly int[][] targets;
    private readonly int[] training;
    private readonly PerturbedGroup[] validation;
    private readonly GearsOptions options;
    private readonly Dictionary<int, bool[]> retained;

    /// <summary>Makes the task.</summary>
    /// <param name="cells">The screen.</param>
    /// <param name="module">What is trained: the network, and the foundation model where it is tuned.</param>
    /// <param name="targets">What each condition perturbs, by the model's numbers.</param>
    /// <param name="groups">The groups to train on; all control cells are added.</param>
    /// <param name="validation">The groups to choose the epoch by; where there are none, the training groups are watched.</param>
    /// <param name="options">How to train.</param>
    /// <param name="beside">What else the model is made of, in words: graphs and foundation model.</param>
    public GearsTask(GearsCells cells, nn.Module module, int[][] targets, PerturbedGroup[] groups, PerturbedGroup[] validation, GearsOptions options, string beside)
    {
        (this.cells, Module, this.targets, this.options, Parts) = (cells, module, targets, options, options.Parts);
        this.validation = validation.Length > 0 ? validation : groups;
        var screen = cells.Screen;
        training = screen.CellsToLearn(groups);
        if (training.Length % options.BatchSize == 1) // of a single cell nothing varies, so that none is left for a batch of its own
        {
            training = training[..^1];
        }
        retained = training.GroupBy(cell => screen.ConditionOfCell[cell]).ToDictionary(condition => condition.Key, condition => Retained(screen, condition.Key, [.. condition]));
        Identity = $"{training.Length} cells to train on and {this.validation.Length} groups to validate on ({Fingerprint.Of(hash => hash.Add(screen.Identity).Add<int>(training).Add<PerturbedGroup>(this.validation))}), {JsonText(options)}, {cells.Module.Config}, {beside}";
    }

    public nn.Module Module { get; }

    public IEnumerable<nn.Module> Beside => cells.Foundation is { } foundation ? [foundation.Module] : [];

    public string Identity { get; }

    /// <summary>Equal lengths: norms take statistics over a batch, so that like cells must not stand together.</summary>
    public ReadOnlySpan<int> Lengths => new int[training.Length];

    /// <summary>All of a step: its norms see the whole of it. What is too much at once is computed in <see cref="Parts"/>.</summary>
    public int FewestCells => options.BatchSize;

    /// <summary>Parts in which a step is computed; see <see cref="GearsOptions.Parts"/>.</summary>
    public int Parts { get; private set; }

    /// <summary>Takes as many parts as a step needs to stay within some memory; where one cell a part is too much, the training refuses.</summary>
    /// <param name="budget">The memory.</param>
    /// <param name="loop">The loop's options.</param>
    public void KeepWithin(MemoryBudget budget, TrainingOptions loop)
    {
        var step = Math.Min(options.BatchSize, training.Length);
        int PartsOf(int cells) => (step + cells - 1) / cells;
        var fitting = LargestBatch.Find(PartsOf(Math.Min(options.Parts, step)), budget.Bytes, cells =>
        {
            Parts = PartsOf(cells);
            return new TrainingTrial(this, loop).Needs(step);
        });
        Parts = PartsOf(Math.Max(fitting, 1));
    }

    public optim.Optimizer Optimizer(IEnumerable<Parameter> trained, TrainingOptions options) => optim.Adam(trained, options.LearningRate, weight_decay: options.WeightDecay);

    /// <summary>Evaluation uses the norms' running statistics, which say little at first.</summary>
    public bool HeldOutMayOverflow => true;

    public BatchLoss Loss(ReadOnlySpan<int> chosen, int epoch)
    {
        var screen = cells.Screen;
        var answers = new int[chosen.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = training[chosen[i]];
        }
        int[] controls = Array.ConvertAll(answers, answer => ControlOf(answer, epoch));
        int[] conditions = Array.ConvertAll(answers, answer => screen.ConditionOfCell[answer]);
        var (change, logVariance) = cells.Change(controls, Array.ConvertAll(conditions, condition => targets[condition]), Math.Min(Parts, answers.Length));
        long[] shape = [answers.Length, screen.Genes.Count];
        var means = stack([.. Enumerable.Range(0, screen.Contexts.Count).Select(context => tensor(screen.ControlMean(context), device: change.device))])
            .index_select(0, tensor(Array.ConvertAll(answers, answer => (long)screen.ContextOfCell[answer]), device: change.device));
        var weights = tensor(GearsLoss.Weights(conditions, condition => retained[condition], screen.Genes.Count), shape, device: change.device);
        var loss = GearsLoss.Of(cells.Expression(controls) + change, logVariance, cells.Expression(answers), means, weights, options.Direction, options.UncertaintyWeight);
        return new(loss, change.numel(), ForwardAndBackward * Flops(cells.Module.Config, answers.Length));
    }

    /// <summary>The mean squared error of the groups' means over the genes that change most, the mean over groups.</summary>
    public double Validate(CancellationToken cancellation)
    {
        var (screen, sum) = (cells.Screen, 0.0);
        foreach (var group in validation)
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
            using var scope = NewDisposeScope();
            var controls = GearsModel.Drawn(screen, group.Context, options.PredictedCells, options.Seed);
            var predicted = cells.Predict(targets[group.Condition], controls, options.BatchSize).Change.mean([0L]).cpu().data<float>().ToArray();
            var expected = screen.Change(group);
            sum += Enumerable.Range(0, predicted.Length).OrderByDescending(gene => Math.Abs(expected[gene])).Take(TopGenes).Average(gene => Math.Pow(predicted[gene] - expected[gene], 2));
        }
        return sum / validation.Length;
    }

    private int ControlOf(int answer, int epoch)
    {
        if (cells.Screen.ConditionOfCell[answer] == 0)
        {
            return answer;
        }
        var controls = cells.Screen.ControlCells(cells.Screen.ContextOfCell[answer]);
        return controls[Seeds.For(options.Seed, epoch, answer).Next(controls.Length)];
    }

    /// <summary>Of a condition the genes that any of its cells expresses; of control all.</summary>
    private static bool[] Retained(PerturbationScreen screen, int condition, int[] cells)
    {
        var expressed = screen.Expression.SelectRows(cells).ColumnSums();
        var kept = Array.ConvertAll(expressed, sum => condition == 0 || sum != 0);
        return Array.Exists(kept, gene => gene) ? kept : Array.ConvertAll(kept, _ => true);
    }

    /// <summary>Those of the products over all genes of all cells; what is computed once a batch is next to nothing beside them.</summary>
    private static double Flops(GearsConfig config, int count)
    {
        var rows = (double)count * config.Genes;
        var square = (double)config.Width * config.Width;
        return 2 * rows * ((config.GivenFeatures ? 6 : 4) * square + (config.Uncertainty ? 4 * square : 0) + 2 * config.Width);
    }

    private static string JsonText(GearsOptions options) => System.Text.Json.JsonSerializer.Serialize(options);
}
