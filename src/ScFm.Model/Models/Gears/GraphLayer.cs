using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>A graph convolution: a dense layer on what each node takes from its neighbours and itself.</summary>
/// <remarks>Source: Wu et al. 2019, "Simplifying Graph Convolutional Networks", with one hop.</remarks>
internal sealed class GraphLayer : nn.Module
{
    private readonly Linear lin;

    /// <summary>Makes the layer with random weights from torch's generator.</summary>
    public GraphLayer(long width) : base(nameof(GraphLayer))
    {
        lin = nn.Linear(width, width);
        RegisterComponents();
    }

    /// <summary>Vectors of nodes [nodes, width] to the same.</summary>
    /// <param name="nodes">The vectors.</param>
    /// <param name="neighbours">What each node sums; null where every node stands alone.</param>
    public Tensor Convolve(Tensor nodes, WeightedSums? neighbours) => Dense.Linear(neighbours is null ? nodes : neighbours.Of(nodes), lin);

    /// <summary>Several layers, with ReLU between.</summary>
    public static Tensor Convolve(ModuleList<GraphLayer> layers, Tensor nodes, WeightedSums? neighbours)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            nodes = layers[i].Convolve(i == 0 ? nodes : nodes.relu(), neighbours);
        }
        return nodes;
    }
}
