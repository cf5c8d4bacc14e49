using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>LDVAE's decoder: one linear map and a softmax over the genes.</summary>
internal sealed class LinearDecoder : ScViDecoder
{
    private readonly LinearMap factor_regressor;
    private readonly LinearMap? px_dropout_decoder;
    private readonly int latent;

    /// <summary>Makes the decoder.</summary>
    /// <param name="genes">Number of genes.</param>
    /// <param name="batches">Width of the batches' columns, 0 where they are not shown.</param>
    /// <param name="config">The shape.</param>
    public LinearDecoder(long genes, long batches, ScViConfig config) : base(nameof(LinearDecoder))
    {
        latent = config.Latent;
        factor_regressor = new LinearMap(latent + batches, genes, config);
        px_dropout_decoder = config.Likelihood == CountLikelihood.ZeroInflatedNegativeBinomial ? new LinearMap(latent + batches, genes, config) : null;
        RegisterComponents();
    }

    /// <summary>What one unit of each latent variable adds to each gene before the softmax in evaluation, [genes, latent].</summary>
    public Tensor Loadings => factor_regressor.EvaluationWeight.narrow(1, 0, latent); // the columns behind are the batches'

    /// <inheritdoc/>
    public override (Tensor Logits, Tensor? DropoutLogits) forward(Tensor latent, Tensor? batches)
    {
        var input = batches is null ? latent : cat([latent, batches], 1);
        return (factor_regressor.call(input), px_dropout_decoder?.call(input));
    }

    /// <summary>A single layer, under the name that the reference gives a stack of them.</summary>
    private sealed class LinearMap : nn.Module<Tensor, Tensor>
    {
        private readonly ModuleDict<HiddenLayer> fc_layers;

        public LinearMap(long inputs, long genes, ScViConfig config) : base(nameof(LinearMap))
        {
            fc_layers = nn.ModuleDict<HiddenLayer>(("Layer 0", new HiddenLayer(inputs, genes, config.DecoderNorm, config.DecoderBias)));
            RegisterComponents();
        }

        public Tensor EvaluationWeight
        {
            get
            {
                var layer = fc_layers["Layer 0"];
                return layer.EvaluationScale is { } scale ? layer.Weight * scale.unsqueeze(1) : layer.Weight;
            }
        }

        public override Tensor forward(Tensor input) => fc_layers["Layer 0"].call(input);
    }
}
