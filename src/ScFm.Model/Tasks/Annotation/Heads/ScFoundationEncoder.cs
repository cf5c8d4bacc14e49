using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.ScFoundation;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Heads;

/// <summary>The encoder of a scFoundation, each cell at its own depth.</summary>
/// <param name="model">The model.</param>
/// <param name="pooling">How a cell's tokens become its vector. Default: all, four times the encoder's width.</param>
public sealed class ScFoundationEncoder(ScFoundationModel model, Pooling pooling = Pooling.All) : ICellEncoder
{
    internal const int DepthTokens = 2; // T and S

    /// <inheritdoc/>
    public string Name => "scFoundation";

    /// <inheritdoc/>
    public IModel Model => model;

    /// <inheritdoc/>
    public GeneVocabulary Genes => model.Vocabulary;

    /// <inheritdoc/>
    public string Reading => pooling.ToString();

    /// <inheritdoc/>
    public nn.Module Module => model.Module;

    /// <inheritdoc/>
    public int Width => pooling.Width(model.Config);

    /// <inheritdoc/>
    public int Blocks => model.Config.EncoderDepth;

    /// <inheritdoc/>
    public string Identity => ModelFingerprint.Of(model.Module, model.Vocabulary);

    /// <inheritdoc/>
    public string BlockName(int block) => $"encoder.transformer_encoder.{block}.";

    /// <inheritdoc/>
    public IEncodableCells Read(ICellSource cells, CancellationToken cancellation = default)
    {
        cells.Totals(cancellation); // looks at every value
        return new ScFoundationCells(model, pooling, MappedCounts.Of(cells, model.Vocabulary, cancellation: cancellation).Counts);
    }

    /// <inheritdoc/>
    public long Footprint(int tokens) => model.Config.Footprint(tokens);

    /// <inheritdoc/>
    public double Flops(int tokens) => ModelSummary.ForwardFlops(model.Config, tokens - DepthTokens, decode: false);

    /// <inheritdoc/>
    public ICellEncoder Copy()
    {
        var copy = ScFoundationModel.Create(model.Config, model.Vocabulary);
        copy.Module.load_state_dict(model.Module.state_dict());
        copy.Module.Precision = model.Module.Precision;
        return new ScFoundationEncoder(copy, pooling);
    }
}
