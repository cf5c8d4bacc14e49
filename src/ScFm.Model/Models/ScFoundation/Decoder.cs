using ScFm.Model.Nn;
using ScFm.Torch.Extras;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The decoder: linear attention over all genes, T and S.</summary>
public sealed class Decoder : nn.Module<TokenBatch, Tensor, Tensor, Tensor, Tensor>
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
    /// <param name="unexpressed">The token of every position where the gene is not expressed, [genes + 2, D].</param>
    /// <param name="masked">The token of every position where the gene is masked, [genes + 2, D].</param>
    /// <param name="own">The cells' own tokens, [B, S, D].</param>
    /// <remarks>A token's way through a block depends on the others only through the sums over their keys, so wanted tokens are followed beside them.</remarks>
    public override Tensor forward(TokenBatch batch, Tensor unexpressed, Tensor masked, Tensor own)
    {
        if (!is_grad_enabled() && !WholeBatchMaximum && Kernels.Take(own))
        {
            var shared = new UnexpressedGenes(unexpressed, blocks[0]);
            return cat([.. Enumerable.Range(0, batch.Cells).Select(cell => Decode(batch, cell, shared, masked, own[cell]))]);
        }
        RedrawIfDue();
        var width = unexpressed.shape[1];
        Tensor Rows(Tensor table, Tensor rows) => table.index_select(0, rows).view(batch.Cells, -1, width);

        var expressed = cat([unexpressed, own.view(-1, width)]);
        // Where one block is all there is, nothing is built of the tokens that nobody asks for.
        var isShared = blocks.Count == 1 && batch.WantedRows is not null && !WholeBatchMaximum;
        // First the tokens that ask, where some are wanted, then those that are asked.
        IReadOnlyList<Tensor> stream =
        [
            .. batch.WantedRows is null ? Array.Empty<Tensor>() : [Rows(cat([expressed, masked]), batch.WantedRows)],
            .. isShared ? new[] { unexpressed, own } : [Rows(expressed, batch.AllRows())],
        ];
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

    /// <summary>One cell without gradients, with what is made once of the genes that it does not express; [1, W, D].</summary>
    private Tensor Decode(TokenBatch batch, int cell, UnexpressedGenes shared, Tensor masked, Tensor own)
    {
        using var scope = NewDisposeScope();
        var count = batch.OwnExists[cell].sum().item<long>();
        var positions = batch.OwnPositions[cell].narrow(0, 0, count);
        own = own.narrow(0, 0, count);
        Tensor Replaced(Tensor common, Tensor rows) => common.clone().index_copy_(0, positions, rows).unsqueeze(0);

        var first = blocks[0];
        var normed = first.Normed(own);
        var tokens = Replaced(shared.Tokens, own);
        var asked = batch.WantedOf(cell) is not { } wanted ? null : cat([tokens[0], masked]).index_select(0, wanted).unsqueeze(0);
        var summary = 2 * count > tokens.shape[1] // replacing most of what is shared would cost more, and digits
            ? first.Summarise(tokens)
            : first.Attention.Summarise(shared.Keys, positions, first.Normed(shared.Tokens.index_select(0, positions)), normed);
        for (var i = 0; i < blocks.Count; i++)
        {
            using var inner = NewDisposeScope();
            if (i > 0)
            {
                summary = blocks[i].Summarise(tokens);
            }
            if (asked is null || i < blocks.Count - 1)
            {
                blocks[i].AskInPlace(tokens, i == 0 ? Replaced(shared.Queries, first.Attention.Queries(normed)) : null, summary);
            }
            if (asked is not null)
            {
                blocks[i].AskInPlace(asked, null, summary);
            }
        }
        return Dense.Norm(asked ?? tokens, norm).MoveToOuterDisposeScope();
    }

    private void RedrawIfDue()
    {
        if (!training || redrawInterval == 0)
        {
            return;
        }
        using var _ = no_grad();
        if (calls_since_last_redraw.item<long>() >= redrawInterval)
        {
            foreach (var block in blocks)
            {
                block.Attention.Redraw();
            }
            calls_since_last_redraw.zero_();
        }
        calls_since_last_redraw.add_(1);
    }
}
