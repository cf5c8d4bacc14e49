using ScFm.Model.Devices;
using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>The mathematics of scGPT: a transformer over the genes of a cell and the bins of their values, whose decoders predict hidden values, types and batches.</summary>
/// <remarks>
/// Source: scGPT (Cui et al. 2024), Methods; reference file scgpt/model/model.py (TransformerModel). Parameters carry the reference's names, so that files need no translation but
/// for those that its fast attention was trained with: see <see cref="PublishedWeights"/>.
/// </remarks>
public sealed class ScGptModule : nn.Module<ScGptBatch, ScGptStates>
{
    private const double FirstEmbeddings = 0.1; // uniform up to that; so the reference
    private const int AdversaryLayers = 3;

    private readonly NormedEmbedding encoder;
    private readonly nn.Module<Tensor, Tensor> value_encoder;
    private readonly NormedEmbedding? batch_encoder;
    private readonly BatchNorms? dsbn;
    private readonly BatchNorm1d? bn;
    private readonly BlockStack transformer_encoder;
    private readonly ValueDecoder decoder;
    private readonly LabelHead? cls_decoder;
    private readonly CellDecoder? mvc_decoder;
    private readonly LabelHead? grad_reverse_discriminator;

    /// <summary>Makes the module with random weights from torch's generator.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="vocabulary">The tokens.</param>
    /// <param name="types">Number of cell types that it tells; 0 for none. Default: 0.</param>
    /// <param name="batches">Number of batches that it knows; 0 where it need not. Default: 0.</param>
    /// <exception cref="ArgumentException">The shape is not allowed, or wants batches where there are none.</exception>
    public ScGptModule(ScGptConfig config, ScGptVocabulary vocabulary, int types = 0, int batches = 0) : base(nameof(ScGptModule))
    {
        (Config, TypeCount, BatchCount) = (config.Validated(), types, batches);
        if (config.WantsBatches && batches < 1)
        {
            throw new ArgumentException($"The model is to know {batches} batches; expected 1 or more, or none of BatchLabels, Adversary and InputNorm.OfBatch.");
        }
        long width = config.Width;
        var decoded = config.BatchLabels ? 2 * width : width;
        encoder = new NormedEmbedding(vocabulary.Count, width, vocabulary.Padding);
        value_encoder = config.Values == ValueEncoding.Category
            ? new NormedEmbedding(config.ValueVectors, width, (long)config.PaddingValue)
            : new NumberEmbedding(width, config.Dropout);
        batch_encoder = config.BatchLabels ? new NormedEmbedding(batches, width) : null;
        dsbn = config.InputNorm == InputNorm.OfBatch ? new BatchNorms(width, batches) : null;
        bn = config.InputNorm == InputNorm.Common ? nn.BatchNorm1d(width, BatchNorms.Epsilon) : null;
        transformer_encoder = new BlockStack(config);
        decoder = new ValueDecoder(decoded, width, config.ZeroProbability);
        cls_decoder = types > 0 ? new LabelHead(width, types, config.HeadLayers, () => nn.ReLU()) : null;
        mvc_decoder = config.CellDecoding == CellDecoding.None ? null : new CellDecoder(config.CellDecoding, width, decoded, config.ZeroProbability);
        grad_reverse_discriminator = config.Adversary ? new LabelHead(width, batches, AdversaryLayers, () => nn.LeakyReLU(0.01)) : null;
        RegisterComponents();
        using var _ = no_grad();
        nn.init.uniform_(encoder.Table, -FirstEmbeddings, FirstEmbeddings);
        ComputeDevice.Place(this);
    }

    /// <summary>The shape.</summary>
    public ScGptConfig Config { get; }

    /// <summary>Number of cell types that it tells; 0 for none.</summary>
    public int TypeCount { get; }

    /// <summary>Number of batches that it knows; 0 where it need not.</summary>
    public int BatchCount { get; }

    /// <summary>The vectors of the tokens, [tokens, width].</summary>
    internal Tensor TokenVectors => encoder.Table;

    /// <summary>What the blocks' matrix products compute in; embeddings, decoders and loss stay float32. Default: float32.</summary>
    public Precision Precision { get; set; }

    /// <summary>Where the weights lie.</summary>
    public Device Device => encoder.Table.device;

    /// <summary>The states of a batch.</summary>
    /// <exception cref="ArgumentException">The batch does not tell the cells' batches, and the model wants to know them.</exception>
    public override ScGptStates forward(ScGptBatch batch)
    {
        var genes = encoder.call(batch.Tokens);
        return States(genes, Normed(genes + ValueVectors(batch.Values), batch), batch);
    }

    /// <summary>The states where the vectors of cells stand in the place of &lt;cls&gt;, from which the hidden values are told.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cells">A vector for each cell, [B, width].</param>
    /// <param name="withValues">True to show the values that are not hidden as well; false tells all from the vector alone.</param>
    /// <remarks>Source: reference file scgpt/model/model.py (generate).</remarks>
    public ScGptStates Generate(ScGptBatch batch, Tensor cells, bool withValues)
    {
        var genes = encoder.call(batch.Tokens);
        var tokens = Normed(withValues ? genes + ValueVectors(batch.Values) : genes, batch);
        return States(genes, tokens.index_copy(0, batch.First, cells), batch);
    }

    /// <summary>The hidden values of a batch, from the states of their tokens.</summary>
    public ValuePrediction PredictValues(ScGptStates states, ScGptBatch batch)
    {
        var hidden = states.Tokens.index_select(0, batch.Hidden!);
        return decoder.Predict(batch_encoder is null ? hidden : cat([hidden, BatchVectors(batch).index_select(0, batch.HiddenCells!)], 1));
    }

    /// <summary>The hidden values of a batch, from the cells' vectors alone.</summary>
    public ValuePrediction PredictFromCells(ScGptStates states, ScGptBatch batch)
    {
        var cells = batch_encoder is null ? states.Cells : cat([states.Cells, BatchVectors(batch)], 1);
        return mvc_decoder!.Predict(cells.index_select(0, batch.HiddenCells!), states.Genes.index_select(0, batch.Hidden!));
    }

    /// <summary>Cells' vectors [B, width] to logits of types [B, types].</summary>
    public Tensor TypeLogits(Tensor cells) => cls_decoder!.call(cells);

    /// <summary>Cells' vectors [B, width] to logits of batches [B, batches]; the gradient with respect to the vectors is reversed.</summary>
    public Tensor BatchLogits(Tensor cells) => grad_reverse_discriminator!.call(cells.detach() * 2 - cells);

    /// <summary>Starts the head of types at their shares; see <see cref="LogShares"/>.</summary>
    internal void StartTypesAt(IReadOnlyList<double> shares) => cls_decoder!.StartAt(shares);

    /// <summary>Freezes what a fine-tuning is to leave as it is.</summary>
    /// <param name="part">What it changes.</param>
    /// <param name="learnsValues">False where no value is hidden, so that what decodes them learns nothing. Default: true.</param>
    public void Freeze(FineTuned part, bool learnsValues = true)
    {
        foreach (var (name, parameter) in named_parameters())
        {
            bool IsOf(string component) => name.StartsWith(component + ".", StringComparison.Ordinal);
            var isTrained = part switch { FineTuned.Blocks => !IsOf(nameof(encoder)) && !IsOf(nameof(value_encoder)), FineTuned.Head => IsOf(nameof(cls_decoder)), _ => true };
            parameter.requires_grad = isTrained && (learnsValues || (!IsOf(nameof(decoder)) && !IsOf(nameof(mvc_decoder))));
        }
    }

    private ScGptStates States(Tensor genes, Tensor tokens, ScGptBatch batch)
    {
        using var precision = Precision.Begin(tokens.device);
        var states = transformer_encoder.Run(tokens, batch);
        var cells = Config.CellVector == CellVector.Cls
            ? states.index_select(0, batch.First)
            : stack([.. Enumerable.Range(0, batch.Rows.Cells).Select(cell => batch.Rows.Of(cell, states).mean([0]))]);
        return new ScGptStates(genes, states, cells);
    }

    private Tensor ValueVectors(Tensor values) => value_encoder.call(Config.Values == ValueEncoding.Category ? values.to(ScalarType.Int64) : values);

    private Tensor Normed(Tensor tokens, ScGptBatch batch) =>
        dsbn is not null ? dsbn.call(tokens, BatchesOf(batch).index_select(0, batch.Rows.CellOf(tokens.device))) : bn is not null ? bn.call(tokens) : tokens;

    private Tensor BatchVectors(ScGptBatch batch) => batch_encoder!.call(BatchesOf(batch));

    private static Tensor BatchesOf(ScGptBatch batch) =>
        batch.Batches ?? throw new ArgumentException("The batch does not say which batches its cells are of; expected one a cell, as the model was trained with.");
}
