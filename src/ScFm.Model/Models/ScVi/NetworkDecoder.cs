using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>scVI's decoder: hidden layers, then a softmax over the genes.</summary>
internal sealed class NetworkDecoder : ScViDecoder
{
    private readonly HiddenLayers px_decoder;
    private readonly Sequential px_scale_decoder;
    private readonly Linear? px_dropout_decoder;

    /// <summary>Makes the decoder.</summary>
    /// <param name="genes">Number of genes.</param>
    /// <param name="batches">Width of the batches' columns, 0 where they are not shown.</param>
    /// <param name="config">The shape.</param>
    public NetworkDecoder(long genes, long batches, ScViConfig config) : base(nameof(NetworkDecoder))
    {
        px_decoder = new HiddenLayers(config.Latent, batches, config.Layers, config, config.DecoderNorm);
        px_scale_decoder = nn.Sequential(nn.Linear(config.Hidden, genes)); // a list of one, as the published name has it
        px_dropout_decoder = config.Likelihood == CountLikelihood.ZeroInflatedNegativeBinomial ? nn.Linear(config.Hidden, genes) : null;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override (Tensor Logits, Tensor? DropoutLogits) forward(Tensor latent, Tensor? batches)
    {
        var hidden = px_decoder.call(latent, batches);
        return (px_scale_decoder.call(hidden), px_dropout_decoder?.call(hidden));
    }
}
