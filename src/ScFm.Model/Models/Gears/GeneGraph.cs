using ScFm.Model.Cells;
using ScFm.Model.Nn;

namespace ScFm.Model.Models.Gears;

/// <summary>A directed graph with weights, of genes or of perturbations.</summary>
/// <param name="Nodes">Number of nodes.</param>
/// <param name="Sources">The node that each edge leaves.</param>
/// <param name="Targets">The node that it reaches.</param>
/// <param name="Weights">Its weight, 0 or more.</param>
public sealed partial record GeneGraph(int Nodes, int[] Sources, int[] Targets, float[] Weights)
{
    /// <summary>No edges: every node stands alone.</summary>
    public static GeneGraph Empty(int nodes) => new(nodes, [], [], []);

    /// <summary>Pairs of different nodes that are joined, in one direction or both.</summary>
    public int Joined => Sources.Zip(Targets, (source, target) => (Math.Min(source, target), Math.Max(source, target))).Where(pair => pair.Item1 < pair.Item2).Distinct().Count();

    /// <summary>Changes with any edge.</summary>
    internal string Identity => Fingerprint.Of(hash => hash.Add<int>([Nodes, Sources.Length]).Add<int>(Sources).Add<int>(Targets).Add<float>(Weights));

    /// <summary>What each node sums in a graph convolution: its neighbours and itself, each divided by the root of both nodes' degrees.</summary>
    /// <remarks>Source: Kipf and Welling 2017. A node without an edge to itself gets one of weight 1.</remarks>
    internal WeightedSums Neighbours()
    {
        var incoming = Enumerable.Range(0, Nodes).Select(_ => new List<(int Source, double Weight)>()).ToArray();
        for (var edge = 0; edge < Sources.Length; edge++)
        {
            incoming[Targets[edge]].Add((Sources[edge], Weights[edge]));
        }
        var degrees = new double[Nodes];
        for (var node = 0; node < Nodes; node++)
        {
            if (!incoming[node].Exists(edge => edge.Source == node))
            {
                incoming[node].Add((node, 1));
            }
            degrees[node] = incoming[node].Sum(edge => edge.Weight);
        }
        var sums = new WeightedSumsBuilder();
        for (var node = 0; node < Nodes; node++)
        {
            foreach (var (source, weight) in incoming[node])
            {
                var scale = Math.Sqrt(degrees[source] * degrees[node]);
                sums.Add(source, scale > 0 ? (float)(weight / scale) : 0);
            }
            sums.EndRow();
        }
        return sums.Build(Nodes);
    }
}
