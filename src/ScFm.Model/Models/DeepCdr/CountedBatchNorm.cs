using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>ReLU, a batch norm of rows each of which stands for several equal ones, and dropout.</summary>
internal sealed class CountedBatchNorm : nn.Module<Tensor, DrugLayer, Tensor>
{
    // Keras' defaults
    internal const double Epsilon = 1e-3;
    internal const double Momentum = 0.01;

    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;
    private readonly double dropout;

    /// <summary>Makes the layer.</summary>
    /// <param name="features">Width of a row.</param>
    /// <param name="dropout">Dropout in training.</param>
    public CountedBatchNorm(long features, double dropout) : base(nameof(CountedBatchNorm))
    {
        (weight, bias, this.dropout) = (nn.Parameter(ones(features)), nn.Parameter(zeros(features)), dropout);
        (running_mean, running_var) = (zeros(features).DetachFromDisposeScope(), ones(features).DetachFromDisposeScope());
        RegisterComponents();
    }

    /// <summary>[rows, features] to the same.</summary>
    public override Tensor forward(Tensor rows, DrugLayer layer)
    {
        if (!training)
        {
            return Scaled(F.relu(rows), running_mean, running_var);
        }
        var (normed, mean, variance) = CountedNormKernel.Takes(rows) ? CountedNormKernel.Apply(rows, weight, bias, layer.ShareValues, Epsilon, dropout) : Plain(rows, layer.Shares);
        using (no_grad())
        {
            running_mean.mul_(1 - Momentum).add_(mean * Momentum);
            running_var.mul_(1 - Momentum).add_(variance * (Momentum * layer.Slots / (layer.Slots - 1)));
        }
        return normed;
    }

    private (Tensor Normed, Tensor Mean, Tensor Variance) Plain(Tensor rows, Tensor shares)
    {
        var positive = F.relu(rows);
        var mean = shares.mm(positive).squeeze(0);
        var variance = shares.mm((positive - mean).square()).squeeze(0);
        return (F.dropout(Scaled(positive, mean, variance), dropout, training: true), mean, variance);
    }

    private Tensor Scaled(Tensor rows, Tensor mean, Tensor variance)
    {
        var scale = weight * (variance + Epsilon).rsqrt();
        return (bias - mean * scale).addcmul(rows, scale, 1);
    }
}
