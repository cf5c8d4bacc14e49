using System.Runtime.InteropServices;
using ScFm.Model.Cells;

namespace ScFm.Model.Interop;

/// <summary>An undirected weighted graph held by igraph.</summary>
internal sealed unsafe class IgraphGraph : IDisposable
{
    // sizeof(igraph_t) is 176 in 0.10.2; later 0.10 versions may add to it.
    private const int GraphBytes = 1024;

    // igraph's generator and error handler belong to the process or the thread, depending on how it was built.
    private static readonly Lock Turn = new();

    [ThreadStatic]
    private static string? reason;

    private readonly IgraphLibrary.Api igraph = IgraphLibrary.Functions;
    private readonly double[] weights;
    private readonly int edgeCount;
    private readonly int size;
    private void* graph;

    /// <summary>Copies the upper triangle of a symmetric matrix of weights, [nodes, nodes].</summary>
    /// <exception cref="DllNotFoundException">igraph is not on this machine.</exception>
    /// <exception cref="InvalidOperationException">igraph refused the graph.</exception>
    internal IgraphGraph(CsrMatrix symmetric)
    {
        size = symmetric.Rows;
        var (ends, kept) = (new List<long>(), new List<double>());
        for (var row = 0; row < size; row++)
        {
            var indices = symmetric.RowIndices(row);
            var values = symmetric.RowValues(row);
            for (var i = 0; i < indices.Length; i++)
            {
                if (indices[i] > row)
                {
                    ends.Add(row);
                    ends.Add(indices[i]);
                    kept.Add(values[i]);
                }
            }
        }
        edgeCount = kept.Count;
        weights = [.. kept, 0];
        Strengths = symmetric.RowSums();
        TotalWeight = weights.Sum();
        lock (Turn)
        {
            igraph.SetErrorHandler(&OnError);
            graph = NativeMemory.AllocZeroed(GraphBytes);
            // igraph takes no null, not even for nothing.
            var count = ends.Count;
            ends.Add(0);
            fixed (long* start = CollectionsMarshal.AsSpan(ends))
            {
                var edges = IgraphLibrary.View.Of(start, count);
                var code = igraph.Create(graph, &edges, size, 0);
                if (code != 0)
                {
                    NativeMemory.Free(graph);
                    graph = null;
                    Check(code);
                }
            }
        }
    }

    /// <summary>Sum of the weights of each node's edges.</summary>
    internal double[] Strengths { get; }

    /// <summary>Sum of all weights.</summary>
    internal double TotalWeight { get; }

    /// <summary>Runs Leiden and gives each node's community and the partition's quality.</summary>
    /// <param name="nodeWeights">Weights of the nodes in the quality function; null where each counts 1.</param>
    /// <param name="resolution">What the product of two nodes' weights is multiplied by.</param>
    /// <param name="iterations">Most iterations; fewer where one brings nothing.</param>
    /// <param name="randomness">Randomness of the refinement, igraph's beta.</param>
    /// <param name="seed">Seed of igraph's generator.</param>
    internal (int[] Membership, double Quality) Leiden(double[]? nodeWeights, double resolution, int iterations, double randomness, ulong seed)
    {
        ObjectDisposedException.ThrowIf(graph is null, this);
        lock (Turn)
        {
            igraph.SetErrorHandler(&OnError);
            Check(igraph.SeedGenerator(igraph.DefaultGenerator(), seed));
            IgraphLibrary.View membership;
            Check(igraph.InitialiseIntegers(&membership, size));
            try
            {
                // Asked to go on until nothing changes, igraph 0.10.2 stops after the first change and never where there is none; so iterations are counted here.
                var best = Iterate(&membership, nodeWeights, resolution, randomness, proceed: false);
                for (var i = 1; i < iterations; i++)
                {
                    var quality = Iterate(&membership, nodeWeights, resolution, randomness, proceed: true);
                    if (!(quality > best + 1e-12))
                    {
                        break;
                    }
                    best = quality;
                }
                var found = new ReadOnlySpan<long>(membership.Begin, size);
                return (Array.ConvertAll(found.ToArray(), m => (int)m), double.IsNaN(best) ? 0 : best);
            }
            finally
            {
                igraph.DestroyIntegers(&membership);
            }
        }
    }

    private double Iterate(IgraphLibrary.View* membership, double[]? nodeWeights, double resolution, double randomness, bool proceed)
    {
        fixed (double* edgeStart = weights)
        fixed (double* nodeStart = nodeWeights)
        {
            var edges = IgraphLibrary.View.Of(edgeStart, edgeCount);
            var nodes = IgraphLibrary.View.Of(nodeStart, size);
            double quality;
            long communities;
            Check(igraph.Leiden(
                graph, &edges, nodeWeights is null ? null : &nodes, resolution, randomness, proceed ? (byte)1 : (byte)0, 1, membership, &communities, &quality));
            return quality;
        }
    }

    /// <summary>Frees igraph's copy.</summary>
    public void Dispose()
    {
        if (graph is not null)
        {
            igraph.Destroy(graph);
            NativeMemory.Free(graph);
            graph = null;
        }
        GC.SuppressFinalize(this);
    }

    ~IgraphGraph() => Dispose();

    private static void Check(int code)
    {
        if (code != 0)
        {
            throw new InvalidOperationException($"igraph gave up with error {code}: {reason ?? "no reason given"}");
        }
    }

    // In place of igraph's own, which ends the process. It must free what igraph has pending.
    [UnmanagedCallersOnly]
    private static void OnError(byte* text, byte* file, int line, int code)
    {
        reason = Marshal.PtrToStringUTF8((nint)text);
        IgraphLibrary.Functions.FreeUnfinished();
    }
}
