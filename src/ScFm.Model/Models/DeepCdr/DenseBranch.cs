using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.DeepCdr;

/// <summary>The part of a DeepCDR that reads what is known of a cell line by dense layers: expression, methylation, an embedding.</summary>
internal sealed class DenseBranch : nn.Module<Tensor, Tensor>
{
    /// <summary>Width of the hidden layer.</summary>
    public const int Hidden = 256;

    /// <summary>Width of what every branch gives.</summary>
    public const int Width = 100;

    private readonly Linear hidden;
    private readonly BatchNorm1d norm;
    private readonly Linear output;
    private readonly double dropout;

    /// <summary>Makes the branch.</summary>
    /// <param name="inputs">Numbers a cell line.</param>
    /// <param name="dropout">Dropout in training.</param>
    public DenseBranch(long inputs, double dropout) : base(nameof(DenseBranch))
    {
        (hidden, output, this.dropout) = (nn.Linear(inputs, Hidden), nn.Linear(Hidden, Width), dropout);
        norm = nn.BatchNorm1d(Hidden, CountedBatchNorm.Epsilon, CountedBatchNorm.Momentum);
        RegisterComponents();
    }

    /// <summary>[B, inputs] to [B, 100].</summary>
    public override Tensor forward(Tensor cells)
    {
        var normed = Dense.BatchNorm(Dense.Linear(cells, hidden).tanh(), norm, relu: false);
        return F.relu(Dense.Linear(F.dropout(normed, dropout, training), output));
    }
}
