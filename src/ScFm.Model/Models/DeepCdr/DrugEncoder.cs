using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The part of a DeepCDR that reads drugs.</summary>
internal sealed class DrugEncoder : nn.Module<DrugBatch, Tensor>
{
    private readonly ModuleList<GraphConvolution> convolutions;
    private readonly DrugPooling pooling;

    /// <summary>Makes the encoder.</summary>
    public DrugEncoder(DeepCdrConfig config) : base(nameof(DrugEncoder))
    {
        pooling = config.Pooling;
        convolutions = nn.ModuleList([.. config.Units.Select((width, layer) =>
            new GraphConvolution(layer == 0 ? config.AtomFeatures : config.Units[layer - 1], width, config.Dropout))]);
        RegisterComponents();
    }

    /// <summary>The rows after a number of convolutions, [rows, width].</summary>
    public Tensor Convolve(DrugBatch batch, int layers)
    {
        var rows = batch.Neighbourhoods;
        for (var layer = 0; layer < layers; layer++)
        {
            rows = convolutions[layer].call(rows, batch.Layers[layer]);
        }
        return rows;
    }

    /// <summary>One vector a drug, each once, [drugs, width].</summary>
    public override Tensor forward(DrugBatch batch)
    {
        var rows = Convolve(batch, convolutions.Count);
        return pooling == DrugPooling.Mean
            ? batch.Means.Of(rows)
            : rows.index_select(0, batch.Rows.flatten()).reshape([.. batch.Rows.shape, rows.shape[1]]).max(1).values;
    }
}
