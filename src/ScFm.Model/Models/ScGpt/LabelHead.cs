using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>Tells a label of a cell from its vector: layers with a norm behind each, then one output a label.</summary>
internal sealed class LabelHead : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "_decoder")] private readonly ModuleList<nn.Module<Tensor, Tensor>> decoder;
    private readonly Linear out_layer;

    /// <summary>Makes the layers.</summary>
    /// <param name="width">Width of a cell's vector.</param>
    /// <param name="labels">Number of labels.</param>
    /// <param name="layers">Number of layers, the output among them.</param>
    /// <param name="activation">Makes what stands between a layer and its norm.</param>
    public LabelHead(long width, int labels, int layers, Func<nn.Module<Tensor, Tensor>> activation) : base(nameof(LabelHead))
    {
        decoder = new ModuleList<nn.Module<Tensor, Tensor>>(
            [.. Enumerable.Range(1, layers - 1).SelectMany(_ => new nn.Module<Tensor, Tensor>[] { nn.Linear(width, width), activation(), nn.LayerNorm(width) })]);
        out_layer = nn.Linear(width, labels);
        RegisterComponents();
    }

    /// <summary>Starts at the labels' shares; see <see cref="LogShares"/>.</summary>
    public void StartAt(IReadOnlyList<double> shares) => LogShares.StartAt(out_layer, shares);

    /// <summary>Vectors [B, width] to logits [B, labels].</summary>
    public override Tensor forward(Tensor cells)
    {
        foreach (var layer in decoder)
        {
            cells = layer.call(cells);
        }
        return Dense.Linear(cells, out_layer);
    }
}
