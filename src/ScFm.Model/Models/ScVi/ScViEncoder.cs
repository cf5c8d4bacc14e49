using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>Logged counts to the posterior of a latent variable.</summary>
internal sealed class ScViEncoder : nn.Module<SparseRows, Tensor?, Gaussian>
{
    private const double LeastVariance = 1e-4;

    private readonly HiddenLayers encoder;
    private readonly Linear mean_encoder;
    private readonly Linear var_encoder;

    /// <summary>Makes the encoder.</summary>
    /// <param name="genes">Number of genes.</param>
    /// <param name="batches">Width of the batches' columns, 0 where they are not shown.</param>
    /// <param name="layers">Number of hidden layers.</param>
    /// <param name="outputs">Width of the latent variable.</param>
    /// <param name="config">Width, normalisation and dropout.</param>
    public ScViEncoder(long genes, long batches, int layers, long outputs, ScViConfig config) : base(nameof(ScViEncoder))
    {
        encoder = new HiddenLayers(genes, batches, layers, config, config.EncoderNorm, config.Dropout);
        mean_encoder = nn.Linear(config.Hidden, outputs);
        var_encoder = nn.Linear(config.Hidden, outputs);
        RegisterComponents();
    }

    /// <summary>log1p of counts [B, genes], and the batches' columns [B, batches] or null, to means and variances [B, outputs].</summary>
    public override Gaussian forward(SparseRows logged, Tensor? batches)
    {
        var hidden = encoder.Of(logged, batches);
        return new Gaussian(Dense.Linear(hidden, mean_encoder), Dense.Linear(hidden, var_encoder).exp() + LeastVariance);
    }
}
