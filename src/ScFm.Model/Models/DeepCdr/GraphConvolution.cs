using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>A graph convolution: A (X W + b), ReLU, batch norm, dropout.</summary>
internal sealed class GraphConvolution : nn.Module<Tensor, DrugLayer, Tensor>
{
    private readonly Linear linear;
    private readonly CountedBatchNorm norm;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Width of a row that comes in.</param>
    /// <param name="outputs">Width of a row that goes out.</param>
    /// <param name="dropout">Dropout in training.</param>
    public GraphConvolution(long inputs, long outputs, double dropout) : base(nameof(GraphConvolution))
    {
        (linear, norm) = (nn.Linear(inputs, outputs), new CountedBatchNorm(outputs, dropout));
        RegisterComponents();
    }

    /// <summary>The rows of the layer before to those of this one, [rows, inputs] to [other rows, outputs]; the first layer takes the batch's neighbourhoods, [rows, inputs + 1].</summary>
    public override Tensor forward(Tensor rows, DrugLayer layer)
    {
        var summed = layer.Sums is { } sums
            ? sums.Of(Dense.Linear(rows, linear))
            : Dense.Linear(rows, cat([linear.weight!, linear.bias!.unsqueeze(1)], 1), null); // summed before: (A X) W + (A 1) b
        return norm.call(summed, layer);
    }
}
