using ScFm.Model.Models.ScFoundation;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models;

/// <summary>Packing loses nothing and pads with what no result sees.</summary>
public sealed class TokenBatchTests
{
    private const int Genes = 40;

    /// <summary>Cells of random sizes, one of them with nothing visible.</summary>
    private static CellTokens[] Cells()
    {
        var random = new Random(3);
        return
        [
            .. Enumerable.Range(0, 7).Select(cell =>
            {
                var genes = Enumerable.Range(0, Genes).ToArray();
                random.Shuffle(genes);
                var (seen, hidden) = (cell == 0 ? 0 : random.Next(1, 15), random.Next(1, 9));
                int[] visible = [.. genes[..seen].Order()];
                int[] masked = [.. genes[seen..(seen + hidden)].Order()];
                int[] wanted = [.. masked, .. genes[30..(30 + random.Next(3))].Order()];
                return new CellTokens
                {
                    Visible = visible,
                    VisibleValues = [.. visible.Select(_ => random.NextSingle() + 0.1f)],
                    Hidden = masked,
                    HiddenValues = [.. masked.Select(gene => gene % 2 == 0 ? float.NaN : random.NextSingle() + 0.1f)],
                    TargetDepth = 4,
                    SourceDepth = 3 + random.NextSingle(),
                    Wanted = wanted,
                    Targets = [.. wanted.Select(_ => random.NextSingle())],
                };
            }),
        ];
    }

    [Fact]
    public void Every_token_is_found_again_and_none_is_added()
    {
        using var scope = NewDisposeScope();
        var cells = Cells();
        var batch = TokenBatch.Pack(cells, Genes);
        var (s, w) = (batch.OwnPositions.shape[1], batch.WantedExists!.shape[1]);
        Assert.Equal(cells.Max(c => c.Visible.Length + c.Hidden.Length) + 2, s);
        Assert.Equal(cells.Max(c => c.Wanted!.Length), w);
        Assert.Equal((cells.Length, cells.Sum(c => c.Visible.Length + 2), cells.Sum(c => c.Wanted!.Length)), (batch.Cells, batch.VisibleCount, batch.WantedCount));
        Assert.Null(batch.Masked);

        for (var b = 0; b < cells.Length; b++)
        {
            var cell = cells[b];
            Assert.Equal([.. cell.VisibleValues, cell.TargetDepth, cell.SourceDepth], batch.Rows.Of(b, batch.Values).contiguous().data<float>().ToArray());
            Assert.Equal([.. cell.Visible.Select(g => (long)g), Genes, Genes + 1], batch.Rows.Of(b, batch.Positions).contiguous().data<long>().ToArray());

            var wanted = cell.Wanted!.Length;
            var rows = batch.AllRows().data<long>().ToArray()[(b * (Genes + 2))..];
            Assert.Equal(cell.Wanted!.Select(g => rows[g]), batch.WantedRows!.data<long>().ToArray()[(int)(b * w)..][..wanted]);
            Assert.Equal(cell.Targets, batch.Targets![b].data<float>().ToArray()[..wanted]);
            Assert.Equal(wanted, batch.WantedExists![b].sum().item<long>());
            Assert.All(batch.Targets![b].data<float>().ToArray()[wanted..], target => Assert.Equal(0, target));
        }
    }

    [Fact]
    public void The_rows_of_the_decoder_s_table_point_to_the_cell_s_own_token_or_to_the_unexpressed_one()
    {
        using var scope = NewDisposeScope();
        var cells = Cells();
        var batch = TokenBatch.Pack(cells, Genes);
        var (positions, s) = (Genes + 2, (int)batch.OwnPositions.shape[1]);
        var rows = batch.AllRows().view(cells.Length, positions);
        var own = batch.OwnPositions.data<long>().ToArray();
        for (var b = 0; b < cells.Length; b++)
        {
            int[] expected = [.. cells[b].Visible, Genes, Genes + 1, .. cells[b].Hidden];
            for (var position = 0; position < positions; position++)
            {
                var row = rows[b, position].item<long>();
                if (expected.Contains(position))
                {
                    Assert.InRange(row, positions + b * s, positions + (b + 1) * s - 1);
                    Assert.Equal(position, own[row - positions]);
                }
                else
                {
                    Assert.Equal(position, row);
                }
            }
            Assert.Equal(expected.Length, batch.OwnExists[b].sum().item<long>());
        }
        // what is wanted points to the same rows
        var wanted = batch.WantedRows!.view(cells.Length, -1);
        Assert.All(Enumerable.Range(0, cells.Length), b => Assert.All(Enumerable.Range(0, cells[b].Wanted!.Length),
            i => Assert.Equal(rows[b, cells[b].Wanted![i]].item<long>(), wanted[b, i].item<long>())));
    }

    [Fact]
    public void Slots_of_visible_and_hidden_tokens_are_their_places_among_the_own_tokens()
    {
        using var scope = NewDisposeScope();
        var batch = TokenBatch.Pack(Cells(), Genes);
        var own = batch.OwnPositions.flatten();
        Assert.Equal(own.index_select(0, batch.VisibleSlots).data<long>().ToArray(), batch.Positions.data<long>().ToArray());
        Assert.Equal(batch.VisibleCount + batch.HiddenSlots!.numel(), cat([batch.VisibleSlots, batch.HiddenSlots]).data<long>().ToArray().Distinct().Count());
        Assert.True(batch.HiddenValues!.masked_select(batch.HiddenMasked!).eq(0).all().item<bool>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_cell_s_prediction_does_not_depend_on_the_order_or_the_company_of_a_batch(int decoderDepth)
    {
        using var scope = NewDisposeScope();
        using var module = new ScFoundationModule(new ScFoundationConfig
        {
            Genes = Genes,
            EncoderWidth = 16,
            EncoderDepth = 2,
            EncoderHeads = 2,
            DecoderWidth = 12,
            DecoderDepth = decoderDepth,
            DecoderHeads = 2,
            DecoderHeadWidth = 6,
            Bins = 8,
        });
        module.eval();
        using var _ = no_grad();
        var cells = Cells();
        var together = module.call(TokenBatch.Pack(cells, Genes));
        var backwards = module.call(TokenBatch.Pack([.. cells.Reverse()], Genes));
        for (var b = 0; b < cells.Length; b++)
        {
            var wanted = cells[b].Wanted!.Length;
            var alone = module.call(TokenBatch.Pack([cells[b]], Genes))[0];
            Assert.True(Golden.LargestDifference(together[b].narrow(0, 0, wanted), alone) < 2e-6);
            Assert.True(Golden.LargestDifference(backwards[cells.Length - 1 - b].narrow(0, 0, wanted), alone) < 2e-6);
        }
    }
}
