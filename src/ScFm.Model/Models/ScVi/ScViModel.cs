using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>An scVI or LDVAE with the genes and batches it knows: what is trained, saved, loaded and used.</summary>
/// <remarks>
/// Source: scVI (Lopez et al. 2018), LDVAE (Svensson et al. 2020). Where scvi-tools draws from a posterior to use a model, its mean is taken here, unless a seed is asked for.
/// Cells may lie in memory or be read some at a time; the results lie in memory, a row a cell.
/// </remarks>
/// <example><code>
/// var model = ScViModel.Train(cells, new ScViOptions { Config = ScViConfig.Linear, BatchColumn = "donor" });
/// cells.Obsm["X_scvi"] = model.Latent(cells);
/// var loadings = model.LoadingTable();
/// model.Save("pbmc.safetensors");
/// </code></example>
public sealed partial class ScViModel : IModel
{
    private readonly CellBatches batches;

    private ScViModel(ScViModule module, GeneVocabulary genes, CellBatches batches) => (Module, Genes, this.batches) = (module, genes, batches);

    /// <summary>The network.</summary>
    public ScViModule Module { get; }

    /// <inheritdoc/>
    public IReadOnlyList<nn.Module> Networks => [Module];

    /// <summary>The genes, in the order of the network.</summary>
    public GeneVocabulary Genes { get; }

    /// <summary>LDVAE where the decoder is linear, otherwise scVI.</summary>
    public string Name => Module.Config.Decoder == DecoderKind.Linear ? "LDVAE" : "scVI";

    /// <summary>The column of obs that tells the batches apart; null where all cells are one batch.</summary>
    public string? BatchColumn => batches.Column;

    /// <summary>The labels of the batches it knows; empty where all cells are one batch.</summary>
    public IReadOnlyList<string> BatchLabels => batches.Column is null ? [] : batches.Labels;

    /// <summary>How the cells it was trained on were chosen; null where they were not taken from a <see cref="Corpus"/>.</summary>
    public Recipe? Recipe { get; private init; }

    /// <summary>How it was trained; null for a model that was loaded.</summary>
    public ScViReport? Report { get; private init; }
}
