using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>Learns the types of cells: cross entropy of a head on their vectors.</summary>
/// <param name="module">The module whose parameters are trained: the head, and the encoder where it is tuned.</param>
/// <param name="head">The head.</param>
/// <param name="encoder">The encoder, whether it is tuned or not.</param>
/// <param name="training">The cells to train on, with their types as the head numbers them.</param>
/// <param name="validation">The cells to stop early on; where there are none, the training cells stand for them.</param>
/// <param name="weights">The weight of each type in the loss, [types].</param>
/// <param name="encoderFlops">Floating-point operations of a training cell's vector and its gradient.</param>
/// <param name="identity">Says what is trained on what.</param>
internal sealed class HeadTask(
    nn.Module module, HeadModule head, nn.Module encoder, (IEncodableCells Cells, long[] Types) training, (IEncodableCells Cells, long[] Types) validation, Tensor weights,
    Func<int, double> encoderFlops, string identity) : ITrainingTask
{
    private const int ForwardAndBackward = 3; // the gradient of a product is two products
    private const int ValidationBatch = 16;

    private readonly float[] weightOf = weights.cpu().data<float>().ToArray();

    public nn.Module Module => module;

    public IEnumerable<nn.Module> Beside => [encoder];

    public string Identity => identity;

    /// <summary>Equal lengths: the norm takes statistics over a batch, so that cells of like length must not stand together.</summary>
    public ReadOnlySpan<int> Lengths => new int[training.Types.Length];

    public int FewestCells => 2;

    /// <summary>Steps after which less than a twentieth of the norm's running statistics is what they began with.</summary>
    public int StepsToSettle => 30;

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch)
    {
        var (tokens, flops, weight) = (0L, 0.0, 0.0);
        foreach (var cell in cells)
        {
            weight += weightOf[training.Types[cell]];
            tokens += training.Cells.Tokens(cell);
            flops += ForwardAndBackward * head.Flops + encoderFlops(cell);
        }
        return new(CrossEntropy(training, cells, nn.Reduction.Mean), tokens, flops, weight);
    }

    public double Validate(CancellationToken cancellation)
    {
        var measured = validation.Types.Length > 0 ? validation : training;
        var (loss, weight) = (0.0, 0.0);
        foreach (var cells in Enumerable.Range(0, measured.Types.Length).Chunk(ValidationBatch))
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
            using var scope = NewDisposeScope();
            loss += CrossEntropy(measured, cells, nn.Reduction.Sum).item<float>();
            weight += cells.Sum(cell => weightOf[measured.Types[cell]]);
        }
        return loss / weight;
    }

    private Tensor CrossEntropy((IEncodableCells Cells, long[] Types) of, ReadOnlySpan<int> cells, nn.Reduction reduction)
    {
        var types = new long[cells.Length];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = of.Types[cells[i]];
        }
        var logits = head.call(of.Cells.Embed(cells));
        return F.cross_entropy(logits, tensor(types, device: logits.device), weights, reduction: reduction);
    }
}
