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

    /// <summary>Edges between two different nodes.</summary>
    public int Joined => Sources.Zip(Targets).Count(edge => edge.First != edge.Second);

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
