using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Training;

/// <summary>Learns a table of vectors and what to make of them: two buckets of gradients.</summary>
/// <param name="isSparse">True for a table whose gradient is sparse, which ranks cannot send.</param>
internal sealed class TableTask(bool isSparse) : ITrainingTask
{
    private const int Rows = 20, Width = 32;

    private readonly nn.Module<Tensor, Tensor> module = nn.Sequential(("table", nn.Embedding(Rows, Width, sparse: isSparse)), ("line", nn.Linear(Width, Width)));

    public nn.Module Module => module;

    public string Identity => $"{Rows} rows";

    public ReadOnlySpan<int> Lengths => new int[Rows];

    public BatchLoss Loss(ReadOnlySpan<int> cells, int epoch) => new(module.call(tensor(cells.ToArray().Select(cell => (long)cell).ToArray())).square().mean(), cells.Length);

    public double Validate(CancellationToken cancellation) => 0;
}
