using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>The processes that train a model together, as one of them sees them; a process that trains alone is the first and only one.</summary>
/// <remarks>All call the same members in the same order. What fails in one of them fails in all, with an error that names it.</remarks>
internal interface IRanks
{
    /// <summary>Number of processes.</summary>
    int Count { get; }

    /// <summary>Which of them this is, from 0.</summary>
    int Rank { get; }

    /// <summary>True for the one that reads and writes files, validates and keeps the best weights.</summary>
    bool IsFirst => Rank == 0;

    /// <summary>True where one of them is to stop: as of when they last exchanged numbers, so that all stop at the same step.</summary>
    bool IsStopped { get; }

    /// <summary>The cells of a batch that this process takes, none or more; every cell is taken by one.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="fewest">The fewest cells that a process takes where it takes any.</param>
    int[] ShareOf(int[] batch, int fewest);

    /// <summary>Sums of numbers over all processes.</summary>
    double[] Sum(params double[] own);

    /// <summary>What the first of them says, to all; only there is it asked.</summary>
    T OfFirst<T>(Func<T> said);

    /// <summary>Copies the values of one process's tensors into those of the others.</summary>
    /// <param name="tensors">Tensors of the same shapes and types everywhere.</param>
    /// <param name="root">The process whose values are taken. Default: the first.</param>
    void Spread(IEnumerable<Tensor> tensors, int root = 0);

    /// <summary>This process's copy of a model.</summary>
    /// <param name="module">The model.</param>
    /// <param name="trained">Its trained parameters.</param>
    IReplica Replica(nn.Module module, IReadOnlyList<Parameter> trained);
}
