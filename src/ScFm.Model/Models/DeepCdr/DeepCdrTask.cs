using ScFm.Model.Cells;
using ScFm.Model.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>Minimises the squared error of the logarithm of the IC50.</summary>
internal sealed class DeepCdrTask : ITrainingTask
{
    private const double AdamEpsilon = 1e-7; // Keras' default
    private const int StepsOfStatistics = 500; // each replaces a hundredth of the running statistics: less than a hundredth of those it began with is left

    private readonly DeepCdrModule module;
    private readonly DrugGraphs drugs;
    private readonly CellTables tables;
    private readonly ResponsePairs training;
    private readonly ResponsePairs validation;

    /// <summary>Makes the task.</summary>
    public DeepCdrTask(DeepCdrModule module, DrugGraphs drugs, CellTables tables, ResponsePairs training, ResponsePairs validation)
    {
        (this.module, this.drugs, this.tables, this.training, this.validation) = (module, drugs, tables, training, validation);
        Identity = $"{training.Count} pairs to train on and {validation.Count} to validate on ({Fingerprint.Of(hash => Add(Add(hash, training), validation))}), {module.Config}";
    }

    public nn.Module Module => module;

    public string Identity { get; }

    /// <summary>Equal lengths: statistics are taken over a batch, so that like pairs must not stand together.</summary>
    public ReadOnlySpan<int> Lengths => new int[training.Count];

    public int FewestCells => 2;

    public optim.Optimizer Optimizer(IEnumerable<Parameter> trained, TrainingOptions options) =>
        optim.Adam(trained, options.LearningRate, eps: AdamEpsilon, weight_decay: options.WeightDecay);

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch)
    {
        var (drugOfPair, cellOfPair, values) = (new int[cells.Length], new int[cells.Length], new float[cells.Length]);
        for (var i = 0; i < cells.Length; i++)
        {
            (drugOfPair[i], cellOfPair[i], values[i]) = (training.Drugs[cells[i]], training.Cells[cells[i]], training.Values[cells[i]]);
        }
        var batch = new DeepCdrBatch(drugs.Batch(drugOfPair, module.Device), tables.Rows(cellOfPair));
        return new(F.mse_loss(module.Respond(batch), tensor(values, device: module.Device)), batch.Drugs.RowCount);
    }

    /// <summary>Evaluation uses the norms' running statistics, which say little at first.</summary>
    public bool HeldOutMayOverflow => true;

    /// <summary>As many as the running statistics take to forget where they began.</summary>
    public int StepsToSettle => StepsOfStatistics;

    /// <summary>The mean squared error of the validation pairs.</summary>
    public double Validate(CancellationToken cancellation)
    {
        var predicted = DeepCdrModel.Respond(module, drugs, tables, validation.Drugs, validation.Cells, cancellation);
        var sum = 0.0;
        for (var pair = 0; pair < predicted.Length; pair++)
        {
            var error = predicted[pair] - validation.Values[pair];
            sum += error * error;
        }
        return sum / validation.Count;
    }

    private static Fingerprint Add(Fingerprint hash, ResponsePairs pairs) => hash.Add<int>(pairs.Drugs).Add<int>(pairs.Cells).Add<float>(pairs.Values);
}
