using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>Dense layers, each with a batch norm behind it, and ReLU between: the last layer ends with its norm.</summary>
internal sealed class NormedLayers : nn.Module<Tensor, Tensor>
{
    private const int ModulesOfLayer = 3; // layer, norm, ReLU: the published names count them

    private readonly ModuleList<nn.Module> network;

    /// <summary>Makes the layers with random weights from torch's generator.</summary>
    /// <param name="widths">Widths of the input and of every layer.</param>
    public NormedLayers(params long[] widths) : base(nameof(NormedLayers))
    {
        var modules = widths.Zip(widths.Skip(1), (from, to) => (nn.Module[])[nn.Linear(from, to), nn.BatchNorm1d(to), nn.ReLU()]).SelectMany(layer => layer);
        network = nn.ModuleList([.. modules.SkipLast(1)]);
        RegisterComponents();
    }

    /// <summary>Number of layers.</summary>
    public int Count => (network.Count + 1) / ModulesOfLayer;

    /// <summary>One layer after the other.</summary>
    public IEnumerable<RowStage> Stages => Enumerable.Range(0, Count).Select(layer =>
    {
        var linear = (Linear)network[layer * ModulesOfLayer];
        return new RowStage((rows, _) => Dense.Linear(rows, linear), (BatchNorm1d)network[layer * ModulesOfLayer + 1], layer < Count - 1);
    });

    /// <summary>[rows, width] to [rows, last width].</summary>
    public override Tensor forward(Tensor rows) => Stages.Aggregate(rows, (x, stage) => Dense.BatchNorm(stage.Before(x, []), stage.Norm, stage.Relu));
}
