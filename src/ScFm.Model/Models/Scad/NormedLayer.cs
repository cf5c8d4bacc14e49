using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Scad;

/// <summary>A dense layer with batch norm, ReLU and dropout.</summary>
internal sealed class NormedLayer : nn.Module<Tensor, Tensor>
{
    private readonly Linear dense;
    private readonly BatchNorm1d norm;
    private readonly double dropout;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Numbers that go in.</param>
    /// <param name="outputs">Numbers that come out.</param>
    /// <param name="dropout">Dropout in training.</param>
    public NormedLayer(long inputs, long outputs, double dropout) : base(nameof(NormedLayer))
    {
        (dense, norm, this.dropout) = (nn.Linear(inputs, outputs), nn.BatchNorm1d(outputs), dropout);
        RegisterComponents();
    }

    /// <summary>[B, inputs] to [B, outputs].</summary>
    public override Tensor forward(Tensor x) => Dense.BatchNorm(Dense.Linear(x, dense), norm, relu: true, training ? dropout : 0);
}
