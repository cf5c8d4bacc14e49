using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>A graph convolution: A (X W + b), ReLU, batch norm, dropout.</summary>
internal sealed class GraphConvolution : nn.Module<Tensor, DrugBatch, Tensor>
{
    private readonly Linear linear;
    private readonly CountedBatchNorm norm;
    private readonly bool first;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Width of a row that comes in.</param>
    /// <param name="outputs">Width of a row that goes out.</param>
    /// <param name="first">True where what comes in was summed over neighbourhoods before.</param>
    /// <param name="dropout">Dropout in training.</param>
    public GraphConvolution(long inputs, long outputs, bool first, double dropout) : base(nameof(GraphConvolution))
    {
        (linear, norm, this.first) = (nn.Linear(inputs, outputs), new CountedBatchNorm(outputs, dropout), first);
        RegisterComponents();
    }

    /// <summary>[rows, inputs] to [rows, outputs]; the first layer takes the batch's own rows.</summary>
    public override Tensor forward(Tensor rows, DrugBatch batch)
    {
        var summed = first
            ? Dense.Linear(batch.Neighbourhoods, cat([linear.weight!, linear.bias!.unsqueeze(1)], 1), null)
            : batch.Adjacency.Of(Dense.Linear(rows, linear));
        return norm.call(summed, batch);
    }
}
