using ScFm.Model.Nn;
using ScFm.Torch.Extras;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The decoder: linear attention over all genes, T and S.</summary>
public sealed class Decoder : nn.Module<TokenBatch, GeneTokens, Tensor, Tensor>
{
    private readonly ModuleList<PerformerBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Tensor calls_since_last_redraw;
    private readonly int redrawInterval;

    /// <summary>Makes the decoder.</summary>
    public Decoder(ScFoundationConfig config) : base(nameof(Decoder))
    {
        blocks = new ModuleList<PerformerBlock>(
            [.. Enumerable.Range(0, config.DecoderDepth).Select(_ => new PerformerBlock(config.DecoderWidth, config.DecoderHeads, config.DecoderHeadWidth))]);
        norm = nn.LayerNorm(config.DecoderWidth);
        calls_since_last_redraw = tensor(0L);
        redrawInterval = config.RedrawInterval;
        RegisterComponents();
    }

    /// <summary>True to subtract one key maximum for the whole batch, as the reference does. Default: false, one for each cell.</summary>
    public bool WholeBatchMaximum
    {
        get => blocks[0].Attention.WholeBatchMaximum;
        set
        {
            foreach (var block in blocks)
            {
                block.Attention.WholeBatchMaximum = value;
            }
        }
    }

    /// <summary>True to compute each block a second time in the backward pass instead of keeping what is inside it; see <see cref="ActivationCheckpoint"/>. Default: false.</summary>
    public bool RecomputeActivations { get; set; }

    /// <summary>True to draw random features never anew, whatever the interval: they are no part of what is trained. Default: false.</summary>
    internal bool KeepsFeatures { get; set; }

    /// <summary>Weights and features of the first block's attention, which <see cref="UnexpressedGenes"/> are made of.</summary>
    internal IEnumerable<Tensor> FirstWeights => blocks[0].state_dict().Values;

    /// <summary>Starts every block's keys as copies of its queries.</summary>
    public void TieKeysToQueries(double scale)
    {
        foreach (var block in blocks)
        {
            block.Attention.TieKeysToQueries(scale);
        }
    }

    /// <summary>The decoder's hidden states at the wanted positions [B, W, D], or at all of them [B, genes + 2, D].</summary>
    /// <param name="batch">Which positions are a cell's own and which are wanted.</param>
    /// <param name="genes">The tokens of genes that are not a cell's own.</param>
    /// <param name="own">The cells' own tokens, [B, S, D].</param>
    /// <remarks>A token's way through a block depends on the others only through the sums over their keys, so wanted tokens are followed beside them.</remarks>
    public override Tensor forward(TokenBatch batch, GeneTokens genes, Tensor own)
    {
        if (!is_grad_enabled() && !WholeBatchMaximum && Kernels.Take(own))
        {
            var shared = genes.Through(blocks[0]);
            return cat([.. Enumerable.Range(0, batch.Cells).Select(cell => Decode(batch, cell, genes, shared, own[cell]))]);
        }
        if (training && !KeepsFeatures)
        {
            RandomFeatures.RedrawIfDue(calls_since_last_redraw, redrawInterval, blocks);
        }
        // Where one block is all there is, nothing is built of the tokens that nobody asks for.
        var isShared = blocks.Count == 1 && batch.WantedRows is not null && !WholeBatchMaximum;
        var stream = Stream(batch, genes, own, isShared);
        for (var i = 0; i < blocks.Count; i++)
        {
            var (block, isLast) = (blocks[i], i == blocks.Count - 1);
            IReadOnlyList<Tensor> Through(IReadOnlyList<Tensor> tokens)
            {
                var summary = isShared ? block.Summarise(tokens[1], tokens[2], batch.OwnPositions, batch.OwnExists) : block.Summarise(tokens[^1]);
                return [.. tokens.Take(isLast ? 1 : tokens.Count).Select(asking => block.Ask(asking, summary))];
            }
            stream = RecomputeActivations ? ActivationCheckpoint.Run(block, Through, stream) : Through(stream);
        }
        return Dense.Norm(stream[0], norm);
    }

    /// <summary>First the tokens that ask, where some are wanted, then those that are asked: all, or where they are shared the unexpressed and the cells' own.</summary>
    private static IReadOnlyList<Tensor> Stream(TokenBatch batch, GeneTokens genes, Tensor own, bool isShared)
    {
        using var scope = NewDisposeScope(); // what is not in the stream is freed before the blocks need the memory
        var width = own.shape[2];
        var unexpressed = genes.Positions + genes.Unexpressed;
        var table = cat([unexpressed, own.view(-1, width)]);
        Tensor Rows(Tensor rows) => table.index_select(0, rows.flatten()).view(batch.Cells, -1, width);

        var stream = new List<Tensor>();
        if (batch.WantedRows is not null)
        {
            var asking = Rows(batch.WantedRows);
            stream.Add(batch.WantedMasked is null ? asking : where(batch.WantedMasked.unsqueeze(-1), Masked(genes, batch.WantedPositions!), asking));
        }
        stream.AddRange(isShared ? [unexpressed, own.alias()] : [Rows(batch.AllRows())]);
        foreach (var tokens in stream)
        {
            tokens.MoveToOuterDisposeScope();
        }
        return stream;
    }

    private static Tensor Masked(GeneTokens genes, Tensor positions) =>
        genes.Positions.index_select(0, positions.flatten()).view([.. positions.shape, -1]) + genes.Masked;

    /// <summary>One cell without gradients, with what is made once of the genes that it does not express; [1, W, D].</summary>
    private Tensor Decode(TokenBatch batch, int cell, GeneTokens genes, UnexpressedGenes shared, Tensor own)
    {
        using var scope = NewDisposeScope();
        var count = batch.OwnExists[cell].sum().item<long>();
        var positions = batch.OwnPositions[cell].narrow(0, 0, count);
        own = own.narrow(0, 0, count);
        Tensor Replace(Tensor common, Tensor rows) => common.index_copy_(0, positions, rows).unsqueeze(0);

        var first = blocks[0];
        var normed = first.Normed(own);
        var tokens = Replace(genes.Positions + genes.Unexpressed, own);
        var asked = batch.WantedPositions is null ? null : Asked(batch, cell, genes, tokens[0]);
        var summary = 2 * count > tokens.shape[1] // replacing most of what is shared would cost more, and digits
            ? first.Summarise(tokens)
            : first.Attention.Summarise(shared.Keys, positions, first.Normed(genes.Positions.index_select(0, positions) + genes.Unexpressed), normed);
        for (var i = 0; i < blocks.Count; i++)
        {
            using var inner = NewDisposeScope();
            if (i > 0)
            {
                summary = blocks[i].Summarise(tokens);
            }
            if (asked is null || i < blocks.Count - 1)
            {
                blocks[i].AskInPlace(tokens, i == 0 ? Replace(shared.Queries.clone(), first.Attention.Queries(normed)) : null, summary);
            }
            if (asked is not null)
            {
                blocks[i].AskInPlace(asked, null, summary);
            }
        }
        return Dense.Norm(asked ?? tokens, norm).MoveToOuterDisposeScope();
    }

    private static Tensor Asked(TokenBatch batch, int cell, GeneTokens genes, Tensor tokens)
    {
        var positions = batch.WantedPositions![cell];
        var asked = tokens.index_select(0, positions);
        asked = batch.WantedMasked is null ? asked : where(batch.WantedMasked[cell].unsqueeze(-1), Masked(genes, positions), asked);
        return asked.unsqueeze(0);
    }
}
