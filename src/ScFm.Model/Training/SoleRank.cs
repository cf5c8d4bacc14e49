using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>A process that trains alone.</summary>
internal sealed class SoleRank(CancellationToken cancellation) : IRanks
{
    public int Count => 1;

    public int Rank => 0;

    public bool IsStopped => cancellation.IsCancellationRequested;

    public int[] ShareOf(int[] batch, int fewest) => batch;

    public double[] Sum(params double[] own) => own;

    public T OfFirst<T>(Func<T> said) => said();

    public void Spread(IEnumerable<Tensor> tensors, int root = 0)
    {
    }

    public IReplica Replica(nn.Module module, IReadOnlyList<Parameter> trained) => new SoleReplica(trained);
}
