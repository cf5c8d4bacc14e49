using ScFm.Model.Devices;
using ScFm.Model.Nn;
using ScFm.Torch.Extras;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The mathematics of scFoundation: an asymmetric masked autoencoder of expression values.</summary>
/// <remarks>Source: scFoundation (Hao et al. 2024), Methods, and xTrimoGene (Gong et al. 2023), section 3; reference file mae_autobin.py.</remarks>
public sealed class ScFoundationModule : nn.Module<TokenBatch, Tensor>
{
    private readonly ValueEmbedding token_emb;
    private readonly Embedding pos_emb;
    private readonly Encoder encoder;
    private readonly Linear decoder_embed;
    private readonly Decoder decoder;
    private readonly LayerNorm norm;
    private readonly Linear to_final;
    private readonly Lock keeping = new();
    private (long State, Precision Precision, GeneTokens Genes)? kept;

    /// <summary>Makes the module with random weights from torch's generator.</summary>
    public ScFoundationModule(ScFoundationConfig config) : base(nameof(ScFoundationModule))
    {
        Config = config.Validated();
        token_emb = new ValueEmbedding(config.EncoderWidth, config.Bins, config.BinAlpha);
        pos_emb = nn.Embedding(config.Positions + 1, config.EncoderWidth); // the last row is the position of padding
        encoder = new Encoder(config);
        decoder_embed = nn.Linear(config.EncoderWidth, config.DecoderWidth);
        decoder = new Decoder(config);
        norm = nn.LayerNorm(config.DecoderWidth);
        to_final = nn.Linear(config.DecoderWidth, 1);
        RegisterComponents();
        ComputeDevice.Place(this);
    }

    /// <summary>The sizes.</summary>
    public ScFoundationConfig Config { get; }

    /// <summary>The value embedding.</summary>
    public ValueEmbedding ValueEmbedding => token_emb;

    /// <summary>The encoder.</summary>
    public Encoder Encoder => encoder;

    /// <summary>The decoder.</summary>
    public Decoder Decoder => decoder;

    /// <summary>The learnt vector of each position (genes, T, S, padding), [genes + 3, D].</summary>
    public Parameter PositionEmbedding => pos_emb.weight!;

    /// <summary>The bias of the predicted expression, [1].</summary>
    public Parameter OutputBias => to_final.bias!;

    /// <summary>True to subtract one key maximum for the whole batch, as the reference does. Default: false, one for each cell.</summary>
    public bool WholeBatchMaximum
    {
        set => decoder.WholeBatchMaximum = value;
    }

    /// <summary>True to compute each block a second time in the backward pass, which saves memory; see <see cref="ActivationCheckpoint"/>. Default: false.</summary>
    public bool RecomputeActivations
    {
        set => (encoder.RecomputeActivations, decoder.RecomputeActivations) = (value, value);
    }

    /// <summary>What the blocks' matrix products compute in; the embeddings of values and genes and the output stay float32. Default: float32.</summary>
    public Precision Precision { get; set; }

    /// <summary>The predicted expression at the wanted positions [B, W], or at all of them [B, genes + 2]: log1p of counts per 10,000.</summary>
    public override Tensor forward(TokenBatch batch) => Predict(GeneEmbeddings(batch, Encode(batch)));

    /// <summary>The encoder's states of the visible tokens of all cells, [V, D].</summary>
    public Tensor Encode(TokenBatch batch)
    {
        var values = token_emb.call(batch.Values);
        if (batch.Masked is not null)
        {
            values = where(batch.Masked.unsqueeze(-1), token_emb.Mask, values);
        }
        if (batch.Padding is not null)
        {
            values = where(batch.Padding.unsqueeze(-1), token_emb.get_parameter("emb_pad.weight")!, values);
        }
        var tokens = values + pos_emb.weight!.index_select(0, batch.Positions);
        using var precision = Precision.Begin(tokens.device);
        return encoder.forward(tokens, batch.Rows, batch.Padding?.logical_not());
    }

    /// <summary>The decoder's normed states at the wanted positions, [B, W, D'], or at all of them, [B, genes + 2, D'].</summary>
    public Tensor GeneEmbeddings(TokenBatch batch, Tensor encoded)
    {
        using var scope = NewDisposeScope(); // what the gradient does not need is freed here, not when a training step ends
        var genes = Genes();
        var (values, slots) = (encoded, batch.VisibleSlots);
        if (batch.HiddenSlots is not null)
        {
            var hidden = where(batch.HiddenMasked!.unsqueeze(-1), token_emb.Mask, token_emb.call(batch.HiddenValues!)); // [E, D]
            (values, slots) = (cat([encoded, hidden]), cat([slots, batch.HiddenSlots]));
        }
        var positions = batch.OwnPositions.flatten();
        var own = genes.Positions.index_select(0, positions).index_add(0, slots, Project(values), 1);
        using var precision = Precision.Begin(encoded.device);
        return Dense.Norm(decoder.call(batch, genes, own.view(batch.Cells, -1, Config.DecoderWidth)), norm).MoveToOuterDisposeScope();
    }

    /// <summary>The decoder's input of every gene. Without gradients it is kept while the weights stay as they are.</summary>
    private GeneTokens Genes()
    {
        if (is_grad_enabled() || !Kernels.Take(pos_emb.weight!))
        {
            return Make();
        }
        var state = Kernels.State([.. token_emb.parameters(), pos_emb.weight!, .. decoder_embed.parameters(), .. decoder.FirstWeights]);
        lock (keeping)
        {
            if (state == 0 || kept is null || kept.Value.State != state || kept.Value.Precision != Precision)
            {
                kept?.Genes.Free(); // nobody decodes while the weights change
                kept = (state, Precision, Make());
                kept.Value.Genes.Keep();
            }
            return kept.Value.Genes;
        }

        // decoder_embed is linear, so positions and values go through it apart: the positions once, not once a cell
        GeneTokens Make() => new(
            Dense.Linear(pos_emb.weight!.narrow(0, 0, Config.Positions), decoder_embed),
            Project(token_emb.call(zeros(1, device: pos_emb.weight!.device))),
            Project(token_emb.Mask));
    }

    private Tensor Project(Tensor vectors) => Dense.Linear(vectors, decoder_embed.weight!, bias: null);

    /// <summary>Decoder states [..., D'] to expression [...].</summary>
    public Tensor Predict(Tensor geneEmbeddings) => Dense.Linear(geneEmbeddings, to_final).squeeze(-1);
}
