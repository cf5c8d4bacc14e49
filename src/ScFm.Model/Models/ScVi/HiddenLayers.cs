using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>Hidden layers with ReLU and dropout, which may be shown the cells' batches.</summary>
internal sealed class HiddenLayers : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly ModuleDict<HiddenLayer> fc_layers;
    private readonly bool batchInEveryLayer;

    /// <summary>Makes the layers.</summary>
    /// <param name="inputs">Width of the input.</param>
    /// <param name="batches">Width of the batches' columns, 0 where they are not shown.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="config">Width, and which layers are shown the batch.</param>
    /// <param name="norm">What normalises a layer.</param>
    /// <param name="dropout">Dropout while training. Default: 0.</param>
    public HiddenLayers(long inputs, long batches, int layers, ScViConfig config, HiddenNorm norm, double dropout = 0) : base(nameof(HiddenLayers))
    {
        batchInEveryLayer = config.BatchInEveryLayer;
        fc_layers = nn.ModuleDict<HiddenLayer>(
            [.. Enumerable.Range(0, layers).Select(i => ($"Layer {i}", new HiddenLayer((i == 0 ? inputs : config.Hidden) + Shown(i, batches), config.Hidden, norm, relu: true, dropout: dropout)))]);
        RegisterComponents();
    }

    /// <summary>[B, inputs], and the batches' columns [B, batches] or null, to [B, hidden].</summary>
    public override Tensor forward(Tensor input, Tensor? batches) => From(0, input, batches);

    /// <inheritdoc cref="forward"/>
    public Tensor Of(SparseRows input, Tensor? batches) => batches is null ? From(1, fc_layers.Values.First().Of(input), null) : From(0, input.ToDense(), batches);

    private Tensor From(int first, Tensor input, Tensor? batches)
    {
        var layer = first;
        foreach (var hidden in fc_layers.Values.Skip(first))
        {
            input = hidden.call(batches is not null && Shown(layer++, batches.shape[1]) > 0 ? cat([input, batches], 1) : input);
        }
        return input;
    }

    private long Shown(int layer, long batches) => layer == 0 || batchInEveryLayer ? batches : 0;
}
