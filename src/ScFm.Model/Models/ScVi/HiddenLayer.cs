using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.ScVi;

/// <summary>A linear map, its normalisation, and ReLU and dropout where they are wanted.</summary>
internal sealed class HiddenLayer : nn.Module<Tensor, Tensor>
{
    // PyTorch's parameters of Keras' defaults, which the reference follows
    private const double BatchEpsilon = 1e-3;
    private const double BatchMomentum = 0.01;

    [ComponentName(Name = "0")] private readonly Linear linear;
    [ComponentName(Name = "1")] private readonly BatchNorm1d? batchNorm;
    private readonly bool layerNorm;
    private readonly bool relu;
    private readonly double dropout;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputs">Width of the input.</param>
    /// <param name="outputs">Width of the output.</param>
    /// <param name="norm">What normalises it.</param>
    /// <param name="bias">Whether something is added to the linear map. Default: true.</param>
    /// <param name="relu">Whether what is negative becomes 0 at the end. Default: false.</param>
    /// <param name="dropout">Dropout while training. Default: 0.</param>
    public HiddenLayer(long inputs, long outputs, HiddenNorm norm, bool bias = true, bool relu = false, double dropout = 0) : base(nameof(HiddenLayer))
    {
        linear = nn.Linear(inputs, outputs, hasBias: bias);
        batchNorm = norm.HasFlag(HiddenNorm.Batch) ? nn.BatchNorm1d(outputs, BatchEpsilon, BatchMomentum) : null;
        (layerNorm, this.relu, this.dropout) = (norm.HasFlag(HiddenNorm.Layer), relu, dropout);
        RegisterComponents();
    }

    /// <summary>The weights, [outputs, inputs].</summary>
    public Tensor Weight => linear.weight!;

    /// <summary>By how much evaluation scales each output, [outputs]; null where nothing normalises over the batch.</summary>
    public Tensor? EvaluationScale => batchNorm is null ? null : batchNorm.weight! / (batchNorm.running_var! + BatchEpsilon).sqrt();

    /// <summary>[B, inputs] to [B, outputs].</summary>
    public override Tensor forward(Tensor input) => Behind(Dense.Linear(input, linear));

    /// <inheritdoc cref="forward"/>
    public Tensor Of(SparseRows input) => Behind(Dense.Linear(input, linear));

    private Tensor Behind(Tensor output)
    {
        var drop = training ? dropout : 0;
        if (batchNorm is not null && !layerNorm)
        {
            return Dense.BatchNorm(output, batchNorm, relu, drop);
        }
        output = batchNorm is null ? output : Dense.BatchNorm(output, batchNorm, relu: false);
        output = layerNorm ? F.layer_norm(output, [output.shape[1]]) : output;
        output = relu ? F.relu(output) : output;
        return drop > 0 ? F.dropout(output, drop) : output;
    }
}
