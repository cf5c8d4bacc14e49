using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>Trains the adapters of a task's model and leaves the model itself; a checkpoint holds the adapters alone, and what is trained beside them.</summary>
/// <remarks>The gradient is taken with respect to the adapted weights, and by the chain rule from there to the adapters.</remarks>
/// <param name="task">The task.</param>
/// <param name="lora">The adapters of its model.</param>
/// <param name="beside">A part of the task's module that is trained as it is, such as a head on the model. Default: none.</param>
internal sealed class LoraTask(ITrainingTask task, Lora lora, nn.Module? beside = null) : ITrainingTask
{
    private readonly IReadOnlyList<LoraAdapter> adapters = lora.Adapters;
    private readonly Parameter[] besides = beside is null ? [] : [.. beside.parameters()];

    public nn.Module Module { get; } = beside is null ? lora : new JoinedModule(("adapters", lora), ("head", beside));

    public IEnumerable<nn.Module> Beside => [task.Module, .. task.Beside];

    public string Identity => task.Identity;

    public Precision Precision => task.Precision;

    public ReadOnlySpan<int> Lengths => task.Lengths;

    public bool HeldOutMayOverflow => task.HeldOutMayOverflow;

    public int StepsToSettle => task.StepsToSettle;

    public int EpochLength => task.EpochLength;

    public int FewestCells => task.FewestCells;

    public int[][] Batches(int epoch, TrainingOptions options) => task.Batches(epoch, options);

    public void Expect(ReadOnlySpan<int> cells) => task.Expect(cells);

    public void ExpectNothing() => task.ExpectNothing();

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch)
    {
        lora.Apply();
        Parameter[] weights = [.. adapters.Select(adapter => adapter.Weight)];
        var (found, ofWeights) = Differentiated(weights, cells, epoch);
        List<Tensor> gradients = [.. adapters.Zip(ofWeights).SelectMany(p => Both(p.First.Gradients(p.Second))), .. ofWeights.Skip(weights.Length)];
        return found with { Loss = KnownGradients.Of(found.Loss, [.. adapters.SelectMany(adapter => new[] { adapter.A, adapter.B }), .. besides], gradients) };
    }

    private (BatchLoss, IList<Tensor>) Differentiated(Parameter[] weights, ReadOnlySpan<int> cells, int epoch)
    {
        Differentiate(weights, true);
        try
        {
            var found = task.Loss(cells, epoch);
            return (found, autograd.grad([found.Loss], [.. weights, .. besides]));
        }
        finally
        {
            Differentiate(weights, false);
        }
    }

    public double Validate(CancellationToken cancellation)
    {
        lora.Apply();
        return task.Validate(cancellation);
    }

    private static Tensor[] Both((Tensor A, Tensor B) pair) => [pair.A, pair.B];

    private static void Differentiate(Parameter[] weights, bool wanted)
    {
        foreach (var weight in weights)
        {
            weight.requires_grad = wanted;
        }
    }
}
