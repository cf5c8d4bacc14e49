using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.ScVi;

/// <summary>A linear map, its normalisation, and ReLU where it is wanted.</summary>
internal sealed class HiddenLayer : nn.Module<Tensor, Tensor>
{
    // PyTorch's parameters of Keras' defaults, which the reference follows
    private const double BatchEpsilon = 1e-3;
    private const double BatchMomentum = 0.01;

    [ComponentName(Name = "0")] private readonly Linear linear;
    [ComponentName(Name = "1")] private readonly BatchNorm1d? batchNorm;
    private readonly bool layerNorm;
    private readonly bool relu;

    public HiddenLayer(long inputs, long outputs, HiddenNorm norm, bool bias = true, bool relu = false) : base(nameof(HiddenLayer))
    {
        linear = nn.Linear(inputs, outputs, hasBias: bias);
        batchNorm = norm.HasFlag(HiddenNorm.Batch) ? nn.BatchNorm1d(outputs, BatchEpsilon, BatchMomentum) : null;
        (layerNorm, this.relu) = (norm.HasFlag(HiddenNorm.Layer), relu);
        RegisterComponents();
    }

    /// <summary>The weights, [outputs, inputs].</summary>
    public Tensor Weight => linear.weight!;

    /// <summary>By how much evaluation scales each output, [outputs]; null where nothing normalises over the batch.</summary>
    public Tensor? EvaluationScale => batchNorm is null ? null : batchNorm.weight! / (batchNorm.running_var! + BatchEpsilon).sqrt();

    /// <summary>[B, inputs] to [B, outputs].</summary>
    public override Tensor forward(Tensor input)
    {
        var output = Dense.Linear(input, linear);
        if (batchNorm is not null)
        {
            output = Dense.BatchNorm(output, batchNorm, relu && !layerNorm);
        }
        if (layerNorm)
        {
            output = F.layer_norm(output, [output.shape[1]]);
        }
        return relu && (layerNorm || batchNorm is null) ? F.relu(output) : output;
    }
}
