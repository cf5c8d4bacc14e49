using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>A batch norm of rows each of which stands for several equal ones.</summary>
internal sealed class CountedBatchNorm : nn.Module<Tensor, Tensor, long, Tensor>
{
    // Keras' defaults
    internal const double Epsilon = 1e-3;
    internal const double Momentum = 0.01;

    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;

    /// <summary>Makes the layer.</summary>
    /// <param name="features">Width of a row.</param>
    public CountedBatchNorm(long features) : base(nameof(CountedBatchNorm))
    {
        (weight, bias) = (nn.Parameter(ones(features)), nn.Parameter(zeros(features)));
        (running_mean, running_var) = (zeros(features).DetachFromDisposeScope(), ones(features).DetachFromDisposeScope());
        RegisterComponents();
    }

    /// <summary>Normalises rows [rows, features].</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="shares">Each row's share of all that the rows stand for, [1, rows].</param>
    /// <param name="count">How many rows they stand for, 2 or more in training.</param>
    public override Tensor forward(Tensor rows, Tensor shares, long count)
    {
        if (!training)
        {
            return Scaled(rows, running_mean, running_var);
        }
        var mean = shares.mm(rows).squeeze(0);
        var variance = shares.mm((rows - mean).square()).squeeze(0);
        using (no_grad())
        {
            running_mean.mul_(1 - Momentum).add_(mean * Momentum);
            running_var.mul_(1 - Momentum).add_(variance * (Momentum * count / (count - 1)));
        }
        return Scaled(rows, mean, variance);
    }

    private Tensor Scaled(Tensor rows, Tensor mean, Tensor variance)
    {
        var scale = weight * (variance + Epsilon).rsqrt();
        return (bias - mean * scale).addcmul(rows, scale, 1);
    }
}
