using ScFm.Model.Devices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.ScVi;

/// <summary>The mathematics of scVI and LDVAE: a variational autoencoder of counts.</summary>
/// <remarks>
/// Source: scVI (Lopez et al. 2018) and LDVAE (Svensson et al. 2020); reference file scvi-tools, module/_vae.py. Parameters carry the reference's names.
/// Parts that the reference makes without using them (a dropout decoder without zero inflation, a library encoder beside an observed library) are not made.
/// </remarks>
public sealed class ScViModule : nn.Module<CountBatch, ScViNoise?, EvidenceBound>
{
    private readonly Parameter px_r;
    private readonly ScViEncoder z_encoder;
    private readonly ScViEncoder? l_encoder;
    private readonly ScViDecoder decoder;
    private readonly Tensor? library_log_means;
    private readonly Tensor? library_log_vars;

    /// <summary>Makes the module with random weights from torch's generator.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="genes">Number of genes, 1 or more.</param>
    /// <param name="batches">Number of batches that cells were made in, 1 or more; one is not shown to any layer. Default: 1.</param>
    /// <exception cref="ArgumentException">A value of the shape is out of range.</exception>
    public ScViModule(ScViConfig config, int genes, int batches = 1) : base(nameof(ScViModule))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(genes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        (Config, Genes, Batches) = (Options.Validate(config), genes, batches);
        var shown = batches > 1 ? batches : 0;
        var encoded = config.EncodeBatch ? shown : 0;
        px_r = (Parameter)nn.Parameter(config.Dispersion == DispersionKind.Gene ? randn(genes) : randn(genes, batches)).DetachFromDisposeScope();
        z_encoder = new ScViEncoder(genes, encoded, config.Layers, config.Latent, config);
        if (!config.ObservedLibrary)
        {
            l_encoder = new ScViEncoder(genes, encoded, 1, 1, config);
            (library_log_means, library_log_vars) = (zeros(1, batches).DetachFromDisposeScope(), ones(1, batches).DetachFromDisposeScope());
        }
        decoder = config.Decoder == DecoderKind.Linear ? new LinearDecoder(genes, shown, config) : new NetworkDecoder(genes, shown, config);
        RegisterComponents();
        ComputeDevice.Place(this);
    }

    /// <summary>The shape.</summary>
    public ScViConfig Config { get; }

    /// <summary>Number of genes.</summary>
    public int Genes { get; }

    /// <summary>Number of batches that cells were made in.</summary>
    public int Batches { get; }

    /// <summary>Where the weights are.</summary>
    public Device Device => px_r.device;

    /// <summary>The loadings of a linear decoder as evaluation applies them, [genes, latent].</summary>
    /// <exception cref="InvalidOperationException">The decoder is a network.</exception>
    public Tensor Loadings => decoder is LinearDecoder linear
        ? linear.Loadings
        : throw new InvalidOperationException($"Only a linear decoder has loadings; this one is a {Config.Decoder}.");

    /// <summary>Sets the prior of an inferred library size: a normal distribution of the logarithm a batch.</summary>
    /// <param name="means">Mean logarithm of the total count of each batch's cells, [batches].</param>
    /// <param name="variances">Its variance, above 0, [batches].</param>
    public void SetLibraryPrior(float[] means, float[] variances)
    {
        using var scope = NewDisposeScope();
        library_log_means?.copy_(tensor(means).unsqueeze(0));
        library_log_vars?.copy_(tensor(variances).unsqueeze(0));
    }

    /// <summary>The posterior of the cells' places in the latent space, [B, latent].</summary>
    public Gaussian InferLatent(CountBatch batch) => z_encoder.call(batch.Logged, Config.EncodeBatch ? Columns(batch) : null);

    /// <summary>The posterior of the logarithm of the library size, [B, 1]; null where it is observed.</summary>
    public Gaussian? InferLibrary(CountBatch batch) => l_encoder?.call(batch.Logged, Config.EncodeBatch ? Columns(batch) : null);

    /// <summary>The distribution of counts at places in the latent space.</summary>
    /// <param name="latent">The places, [B, latent].</param>
    /// <param name="library">The logarithm of the library size, [B, 1].</param>
    /// <param name="batch">The batches the cells are made in; nothing else of it is used.</param>
    public CountDistribution Generate(Tensor latent, Tensor library, CountBatch batch)
    {
        var (logits, dropoutLogits) = decoder.call(latent, Columns(batch));
        var dispersion = Config.Dispersion == DispersionKind.Gene ? px_r : px_r.transpose(0, 1).index_select(0, batch.Batches);
        return new CountDistribution { Likelihood = Config.Likelihood, Logits = logits, Library = library, Dispersion = dispersion.exp(), DropoutLogits = dropoutLogits };
    }

    /// <summary>The evidence lower bound of some cells.</summary>
    /// <param name="batch">The cells.</param>
    /// <param name="noise">Draws the latent variables; null takes the means of their posteriors.</param>
    public override EvidenceBound forward(CountBatch batch, ScViNoise? noise)
    {
        var (latent, library) = (InferLatent(batch), InferLibrary(batch));
        var (place, latentDivergence) = latent.Draw(noise?.Latent);
        var (size, libraryDivergence) = library is null ? (batch.LogTotals, (Tensor?)null) : library.Draw(noise?.Library, LibraryPrior(batch));
        return new EvidenceBound(Generate(place, size, batch).LogProbability(batch), latentDivergence, libraryDivergence);
    }

    /// <summary>One column a batch, 1 where a cell belongs to it, [B, batches]; null where there is one batch.</summary>
    private Tensor? Columns(CountBatch batch) => Batches == 1 ? null : F.one_hot(batch.Batches, Batches).to(float32);

    /// <summary>The prior of each cell's library size, that of its batch; [B, 1].</summary>
    private Gaussian LibraryPrior(CountBatch batch)
    {
        Tensor OfCells(Tensor values) => values.index_select(1, batch.Batches).transpose(0, 1);
        return new(OfCells(library_log_means!), OfCells(library_log_vars!));
    }
}
