using ScFm.Model.Nn;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>The decoder: linear attention over all genes, T and S.</summary>
public sealed class Decoder : nn.Module<TokenBatch, Tensor, Tensor, Tensor>
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
    /// <param name="own">The cells' own tokens, [B, S, D].</param>
    public override Tensor forward(TokenBatch batch, Tensor unexpressed, Tensor own)
    {
        RedrawIfDue();
        var width = unexpressed.shape[1];
        var table = cat([unexpressed, own.view(-1, width)]);
        Tensor Rows(Tensor rows) => table.index_select(0, rows).view(batch.Cells, -1, width);

        // Only what is wanted goes through the last block; where that is also the first, no token is built that is not wanted.
        if (blocks.Count == 1 && batch.WantedRows is not null && !WholeBatchMaximum)
        {
            var summary = blocks[0].Summarise(unexpressed, own, batch.OwnPositions, batch.OwnExists);
            return norm.call(blocks[0].Ask(Rows(batch.WantedRows), summary));
        }
        var tokens = Rows(batch.AllRows());
        for (var i = 0; i < blocks.Count - 1; i++)
        {
            tokens = blocks[i].call(tokens);
        }
        var last = blocks[blocks.Count - 1];
        var asking = batch.WantedPositions is { } wanted ? tokens.gather(1, wanted.unsqueeze(-1).expand(-1, -1, width)) : tokens;
        return norm.call(last.Ask(asking, last.Summarise(tokens)));
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
