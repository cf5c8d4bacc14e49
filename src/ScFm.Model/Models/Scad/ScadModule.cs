using ScFm.Model.Devices;
using ScFm.Model.Nn;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.Scad;

/// <summary>The mathematics of SCAD: features of a sample that tell its response, and do not tell bulk samples from single cells.</summary>
/// <remarks>
/// Source: SCAD (Zheng et al. 2023) in the form that scFoundation (Hao et al. 2024) trains; reference file SCAD/model/SCADmodules.py. Source and target go through the extractor one after the other, so that the
/// batch norm takes the statistics of each domain by itself in training, and running statistics of both for evaluation.
/// </remarks>
public sealed class ScadModule : nn.Module
{
    private readonly NormedLayer extractor;
    private readonly NormedLayer latent;
    private readonly LeakyLayers predictor;
    private readonly LeakyLayers discriminator;

    /// <summary>Makes the module with random weights from torch's generator.</summary>
    /// <param name="config">The shape.</param>
    /// <exception cref="ArgumentException">A value of the shape is out of range.</exception>
    public ScadModule(ScadConfig config) : base(nameof(ScadModule))
    {
        Config = Options.Validate(config);
        (extractor, latent) = (new NormedLayer(config.Features, config.Hidden, config.Dropout), new NormedLayer(config.Hidden, config.Latent, config.Dropout));
        (predictor, discriminator) = (new LeakyLayers(config.Latent, config.Dropout), new LeakyLayers(config.Hidden, config.Dropout));
        RegisterComponents();
        ComputeDevice.Place(this);
    }

    /// <summary>The shape.</summary>
    public ScadConfig Config { get; }

    /// <summary>Where the weights are.</summary>
    public Device Device => named_parameters().First().parameter.device;

    /// <summary>What the extractor makes of rows [B, features]: [B, hidden].</summary>
    internal Tensor Extract(Tensor rows) => extractor.call(rows);

    /// <summary>The log odds of a response, [B], of what was extracted.</summary>
    internal Tensor Respond(Tensor extracted) => predictor.call(latent.call(extracted));

    /// <summary>The log odds of being a source sample, [B], of what was extracted; what flows back is turned round.</summary>
    internal Tensor Discriminate(Tensor extracted) => F.dropout(discriminator.call(GradientReversal.Of(extracted)), Config.Dropout, training);

    /// <summary>The loss of a batch.</summary>
    /// <param name="source">[samples, features].</param>
    /// <param name="labels">1 for a sample that responds, 0 for one that does not, [samples].</param>
    /// <param name="target">[cells, features].</param>
    internal ScadLoss Loss(Tensor source, Tensor labels, Tensor target)
    {
        var (fromSource, fromTarget) = (Extract(source), Extract(target));
        var response = F.binary_cross_entropy_with_logits(Respond(fromSource), labels);
        var origin = cat([ones_like(labels), zeros(target.shape[0], device: target.device)]);
        return new ScadLoss(response, F.binary_cross_entropy_with_logits(Discriminate(cat([fromSource, fromTarget])), origin));
    }
}
