using ScFm.Model.Devices;
using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Models.Geneformer;

/// <summary>The mathematics of Geneformer: a BERT over the genes of a cell in the order of their ranks, with a head that predicts hidden genes.</summary>
/// <remarks>
/// Source: Geneformer (Theodoris et al. 2023), Methods; BERT (Devlin et al. 2019). <see cref="CheckpointNames"/> translates to the names of the published weights.
/// The output shares its weights with the token embedding.
/// </remarks>
public sealed class GeneformerModule : nn.Module<RankBatch, Tensor>
{
    private const int TokenTypes = 2; // of which only the first occurs

    private readonly Embedding word_embeddings;
    private readonly Embedding position_embeddings;
    private readonly Embedding token_type_embeddings;
    private readonly LayerNorm embedding_norm;
    private readonly ModuleList<EncoderBlock> layers;
    private readonly Linear transform;
    private readonly LayerNorm transform_norm;
    private readonly Parameter output_bias;

    /// <summary>Makes the module with random weights from torch's generator.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="tokens">Number of tokens: genes, padding and mask.</param>
    public GeneformerModule(GeneformerConfig config, int tokens) : base(nameof(GeneformerModule))
    {
        (Config, Tokens) = (config.Validated(), tokens);
        word_embeddings = nn.Embedding(tokens, config.Width, padding_idx: GeneformerGenes.PaddingToken);
        position_embeddings = nn.Embedding(config.MaxLength, config.Width);
        token_type_embeddings = nn.Embedding(TokenTypes, config.Width);
        embedding_norm = nn.LayerNorm(config.Width, config.Epsilon);
        var block = new EncoderBlockOptions(config.Width, config.Heads)
        {
            FeedForward = config.FeedForward,
            Epsilon = config.Epsilon,
            Dropout = config.Dropout,
            AttentionDropout = config.AttentionDropout,
        };
        layers = new ModuleList<EncoderBlock>([.. Enumerable.Range(0, config.Layers).Select(_ => new EncoderBlock(block))]);
        transform = nn.Linear(config.Width, config.Width);
        transform_norm = nn.LayerNorm(config.Width, config.Epsilon);
        output_bias = nn.Parameter(zeros(tokens));
        RegisterComponents();
        Initialise();
        ComputeDevice.Place(this);
    }

    /// <summary>The sizes.</summary>
    public GeneformerConfig Config { get; }

    /// <summary>Number of tokens: genes, padding and mask.</summary>
    public int Tokens { get; }

    /// <summary>The vectors of the tokens, [tokens, width].</summary>
    internal Tensor TokenVectors => word_embeddings.weight!;

    /// <summary>What the blocks' matrix products compute in; embeddings, output and loss stay float32. Default: float32.</summary>
    public Precision Precision { get; set; }

    /// <summary>Where the weights lie.</summary>
    public Device Device => output_bias.device;

    /// <summary>The logits of the tokens to predict, [M, tokens]; of all tokens where none is named, [R, tokens].</summary>
    public override Tensor forward(RankBatch batch)
    {
        var states = Encode(batch);
        return Predict(batch.Predicted is null ? states : states.index_select(0, batch.Predicted));
    }

    /// <summary>The states after some of the blocks, [R, width].</summary>
    /// <param name="batch">The cells.</param>
    /// <param name="blocks">How many blocks: 0 gives the embeddings. Default: all.</param>
    public Tensor Encode(RankBatch batch, int? blocks = null)
    {
        var states = word_embeddings.call(batch.Tokens) + position_embeddings.call(batch.Positions) + token_type_embeddings.weight![0];
        states = Dense.Norm(states, embedding_norm);
        states = training && Config.Dropout > 0 ? F.dropout(states, Config.Dropout) : states;
        using var precision = Precision.Begin(states.device);
        foreach (var layer in layers.Take(blocks ?? Config.Layers))
        {
            states = layer.forward(states, batch.Rows);
        }
        return states;
    }

    /// <summary>The mean of each cell's states after some of the blocks, [B, width].</summary>
    /// <param name="batch">The cells.</param>
    /// <param name="blocks">How many blocks.</param>
    public Tensor CellMeans(RankBatch batch, int blocks)
    {
        var states = Encode(batch, blocks);
        return stack([.. Enumerable.Range(0, batch.Rows.Cells).Select(cell => batch.Rows.Of(cell, states).mean([0]))]);
    }

    /// <summary>States [..., width] to logits [..., tokens].</summary>
    public Tensor Predict(Tensor states)
    {
        var hidden = Dense.Norm(F.relu(Dense.Linear(states, transform)), transform_norm);
        return Dense.Linear(hidden, word_embeddings.weight!, output_bias);
    }

    /// <summary>As BERT begins: weights from a normal distribution, biases 0, padding 0.</summary>
    private void Initialise()
    {
        using var noGradients = no_grad();
        foreach (var (name, parameter) in named_parameters())
        {
            if (parameter.dim() == 2)
            {
                nn.init.normal_(parameter, 0, Config.InitialDeviation);
            }
            else if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                nn.init.zeros_(parameter);
            }
        }
        word_embeddings.weight![GeneformerGenes.PaddingToken].zero_();
    }
}
