using ScFm.Model.Devices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>A cell's vector to the logits of its types: each number of the vector brought to mean 0 and variance 1, then one linear layer or two with a ReLU between.</summary>
public sealed class HeadModule : nn.Module<Tensor, Tensor>
{
    private const double Epsilon = 1e-6; // as published

    private readonly BatchNorm1d norm;
    private readonly Linear? hidden;
    private readonly Linear output;
    private readonly double dropout;

    /// <summary>Makes the head with random weights from torch's generator.</summary>
    /// <param name="width">Numbers of a cell's vector.</param>
    /// <param name="types">Number of types.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="units">Units of the hidden layer, where there is one.</param>
    /// <param name="dropout">Dropout in training in front of the last layer.</param>
    public HeadModule(int width, int types, HeadKind kind, int units, double dropout) : base(nameof(HeadModule))
    {
        this.dropout = dropout;
        norm = nn.BatchNorm1d(width, Epsilon, affine: false);
        hidden = kind == HeadKind.Mlp ? nn.Linear(width, units) : null;
        output = nn.Linear(kind == HeadKind.Mlp ? units : width, types);
        RegisterComponents();
        ComputeDevice.Place(this);
    }

    /// <summary>Floating-point operations of one cell's forward pass, two a multiply-add.</summary>
    public double Flops => parameters().Where(parameter => parameter.dim() == 2).Sum(matrix => 2.0 * matrix.numel());

    /// <summary>Vectors [B, width] to logits [B, types].</summary>
    public override Tensor forward(Tensor vectors)
    {
        // over a single cell nothing varies: it is measured by the cells before
        var states = training && vectors.shape[0] == 1 ? F.batch_norm(vectors, norm.running_mean, norm.running_var, eps: Epsilon) : norm.call(vectors);
        states = hidden is null ? states : F.relu(hidden.call(states));
        return output.call(training && dropout > 0 ? F.dropout(states, dropout) : states);
    }
}
