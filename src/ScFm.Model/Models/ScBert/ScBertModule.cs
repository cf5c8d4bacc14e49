using ScFm.Model.Devices;
using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScBert;

/// <summary>The mathematics of scBERT: a Performer over a token for every gene, its bin and its vector added up, with a head that predicts hidden bins.</summary>
/// <remarks>
/// Source: scBERT (Yang et al. 2022), Methods; Performer (Choromanski et al. 2021). <see cref="CheckpointNames"/> translates to the names of the published weights.
/// </remarks>
public sealed class ScBertModule : nn.Module<BinBatch, Tensor>
{
    private readonly Embedding token_emb;
    private readonly Parameter gene_vectors;
    private readonly ModuleList<PerformerBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear to_out;
    private readonly Tensor calls_since_last_redraw;

    /// <summary>Makes the module with random weights from torch's generator.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="genes">Number of genes.</param>
    public ScBertModule(ScBertConfig config, int genes) : base(nameof(ScBertModule))
    {
        (Config, Genes) = (config.Validated(), genes);
        token_emb = nn.Embedding(config.Tokens, config.Width);
        var isLearnt = config.GeneVectors == GeneVectorKind.Learnt;
        gene_vectors = nn.Parameter(isLearnt ? randn(genes + 1, config.Width) : zeros(genes + 1, config.Width), requires_grad: isLearnt);
        blocks = new ModuleList<PerformerBlock>([.. Enumerable.Range(0, config.Layers).Select(_ => new PerformerBlock(config.Width, config.Heads, config.HeadWidth, bias: false))]);
        foreach (var block in blocks)
        {
            block.Attention.WholeBatchMaximum = config.Compat == Compat.Reference;
        }
        norm = nn.LayerNorm(config.Width);
        to_out = nn.Linear(config.Width, config.Tokens);
        calls_since_last_redraw = tensor(0L);
        RegisterComponents();
        ComputeDevice.Place(this);
    }

    /// <summary>The sizes.</summary>
    public ScBertConfig Config { get; }

    /// <summary>Number of genes, N; a cell has a token more.</summary>
    public int Genes { get; }

    /// <summary>What is added to the bins' vectors, a row a gene and one for the appended token, [N + 1, width].</summary>
    public Parameter GeneVectors => gene_vectors;

    /// <summary>What the blocks' matrix products compute in; embeddings, output and loss stay float32. Default: float32.</summary>
    public Precision Precision { get; set; }

    /// <summary>True to compute each block a second time in the backward pass, which saves memory; see <see cref="ActivationCheckpoint"/>. Default: false.</summary>
    public bool RecomputeActivations { get; set; }

    /// <summary>Where the weights lie.</summary>
    public Device Device => gene_vectors.device;

    /// <summary>The logits of the bins to predict, [M, tokens]; of all tokens where none is named, [B, N + 1, tokens].</summary>
    public override Tensor forward(BinBatch batch)
    {
        if (batch.Asking is null)
        {
            return Predict(Encode(batch));
        }
        using var precision = Precision.Begin(Device);
        // of the last block only what is asked for is computed
        var (states, last, rows) = (Through(Embed(batch), blocks.SkipLast(1)), blocks[^1], batch.Asking);
        states = Run(last, tokens => last.Ask(tokens.flatten(0, 1).index_select(0, rows.flatten()).view(rows.shape[0], rows.shape[1], -1), last.Summarise(tokens)), states);
        return Predict(Dense.Norm(states, norm).flatten(0, 1).index_select(0, batch.Predicted!));
    }

    /// <summary>The normed states of all tokens, [B, N + 1, width].</summary>
    public Tensor Encode(BinBatch batch)
    {
        using var precision = Precision.Begin(Device);
        return Dense.Norm(Through(Embed(batch), blocks), norm);
    }

    /// <summary>States [..., width] to logits of the bins and the mask, [..., tokens].</summary>
    public Tensor Predict(Tensor states) => Dense.Linear(states, to_out);

    /// <summary>Puts given vectors in the genes' places; the appended token's is zero.</summary>
    /// <param name="vectors">[N, width].</param>
    public void GiveVectors(Tensor vectors)
    {
        using var _ = no_grad();
        gene_vectors.narrow(0, 0, Genes).copy_(vectors);
        gene_vectors[Genes].zero_();
    }

    /// <summary>Freezes all that fine-tuning leaves as it is.</summary>
    /// <param name="tuned">Which blocks are trained; the final norm always is.</param>
    internal void Freeze(TunedBlocks tuned)
    {
        foreach (var parameter in parameters())
        {
            parameter.requires_grad = tuned == TunedBlocks.All && (!ReferenceEquals(parameter, gene_vectors) || Config.GeneVectors == GeneVectorKind.Learnt);
        }
        foreach (var parameter in to_out.parameters()) // the classifying head takes its place
        {
            parameter.requires_grad = false;
        }
        nn.Module[] trained = tuned == TunedBlocks.All ? [] : [norm, blocks[Math.Max(0, blocks.Count - (tuned == TunedBlocks.Last ? 1 : 2))]];
        foreach (var parameter in trained.SelectMany(part => part.parameters()))
        {
            parameter.requires_grad = true;
        }
    }

    private Tensor Embed(BinBatch batch) => token_emb.call(batch.Tokens) + gene_vectors;

    private Tensor Through(Tensor states, IEnumerable<PerformerBlock> some)
    {
        if (training)
        {
            RandomFeatures.RedrawIfDue(calls_since_last_redraw, Config.RedrawInterval, blocks);
        }
        foreach (var block in some)
        {
            states = Run(block, block.forward, states);
        }
        return states;
    }

    private Tensor Run(PerformerBlock block, Func<Tensor, Tensor> body, Tensor states) =>
        RecomputeActivations ? ActivationCheckpoint.Run(block, body, states) : body(states);
}
