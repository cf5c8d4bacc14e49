using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.Geneformer;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>The blocks of a Geneformer; a cell's vector is the mean of its tokens' states.</summary>
/// <remarks>The published classifier reads the state of the highest-ranked gene alone; the mean is what the paper takes for cell embeddings, and depends less on which gene that is.</remarks>
/// <param name="model">The model.</param>
/// <param name="layer">Whose states. Default: those of the second to last block.</param>
public sealed class GeneformerEncoder(GeneformerModel model, EmbeddingLayer layer = EmbeddingLayer.SecondToLast) : ICellEncoder
{
    /// <inheritdoc/>
    public string Name => "Geneformer";

    /// <inheritdoc/>
    public IModel Model => model;

    /// <inheritdoc/>
    public GeneVocabulary Genes => model.Genes.Vocabulary;

    /// <inheritdoc/>
    public string Reading => layer.ToString();

    /// <inheritdoc/>
    public nn.Module Module => model.Module;

    /// <inheritdoc/>
    public int Width => model.Config.Width;

    /// <inheritdoc/>
    public int Blocks => model.Blocks(layer);

    /// <inheritdoc/>
    public string Identity => Fingerprint.Of(hash => hash.Add(ModelFingerprint.Of(model.Module, model.Genes.Vocabulary)).Add(model.Genes.MedianSpan));

    /// <inheritdoc/>
    public string BlockName(int block) => $"layers.{block}.";

    /// <inheritdoc/>
    public IEncodableCells Read(ICellSource cells, CancellationToken cancellation = default) => new GeneformerCells(model, Blocks, cells, cancellation);

    /// <inheritdoc/>
    public long Footprint(int tokens) => model.Config.Footprint(tokens);

    /// <inheritdoc/>
    public double Flops(int tokens) => model.Config.ForwardFlops(tokens, 0, model.Module.Tokens) * Blocks / model.Config.Layers; // of all blocks those it passes through

    /// <inheritdoc/>
    public ICellEncoder Copy()
    {
        var copy = GeneformerModel.Create(model.Config, model.Genes);
        copy.Module.load_state_dict(model.Module.state_dict());
        copy.Module.Precision = model.Module.Precision;
        return new GeneformerEncoder(copy, layer);
    }
}
