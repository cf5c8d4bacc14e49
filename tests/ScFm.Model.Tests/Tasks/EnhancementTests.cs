using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Tasks;

[Collection(nameof(TorchGenerator))]
public sealed class EnhancementTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Every_cell_gets_a_value_that_is_not_negative_for_every_gene_of_the_model(int folds)
    {
        var model = TaskCells.Model();
        var enhanced = Enhancement.Run(model, TaskCells.First(6), new EnhancementOptions { Folds = folds });
        Assert.Equal((6, model.Vocabulary.Count), (enhanced.Rows, enhanced.Columns));
        Assert.All(enhanced.Values, value => Assert.True(value >= 0 && float.IsFinite(value)));
        Assert.Contains(enhanced.Values, value => value > 0);
    }

    [Fact]
    public void Without_folds_it_is_the_module_s_output_at_the_wanted_depth()
    {
        using var scope = NewDisposeScope();
        var (model, cells) = (TaskCells.Model(), TaskCells.First(4));
        var enhanced = Enhancement.Run(model, cells, new EnhancementOptions { Folds = 1, Depth = Depth.Absolute(20_000) });

        var (counts, _) = model.Read(cells);
        var values = Normalisation.LogNormalise(counts);
        var sums = counts.RowSums();
        using var noGradients = no_grad();
        for (var cell = 0; cell < 4; cell++)
        {
            var token = new CellTokens
            {
                Visible = values.RowIndices(cell).ToArray(),
                VisibleValues = values.RowValues(cell).ToArray(),
                TargetDepth = (float)Math.Log10(20_000),
                SourceDepth = (float)Math.Log10(sums[cell]),
            };
            var expected = model.Module.call(TokenBatch.Pack([token], model.Vocabulary.Count))[0].narrow(0, 0, model.Vocabulary.Count).clamp(min: 0);
            Assert.InRange(TaskCells.LargestDifference(expected.data<float>().ToArray(), enhanced.Row(cell)), 0, 5e-6);
        }
    }

    [Fact]
    public void At_the_cell_s_own_depth_a_zero_is_a_zero_and_folds_change_only_the_genes_that_are_expressed()
    {
        var (model, cells) = (TaskCells.Model(), TaskCells.First(4));
        var own = Depth.Fold(1);
        var (plain, masked) = (Enhancement.Run(model, cells, new() { Depth = own, Folds = 1 }), Enhancement.Run(model, cells, new() { Depth = own, Folds = 4 }));
        var (counts, _) = model.Read(cells);
        var changed = 0;
        for (var cell = 0; cell < 4; cell++)
        {
            var expressed = counts.RowIndices(cell).ToArray().ToHashSet();
            for (var gene = 0; gene < counts.Columns; gene++)
            {
                Assert.True(expressed.Contains(gene) || plain[cell, gene] == masked[cell, gene]);
                changed += plain[cell, gene] != masked[cell, gene] ? 1 : 0;
            }
        }
        Assert.True(changed > 0);
    }

    [Fact]
    public void An_unexpressed_gene_is_asked_as_a_zero_and_as_masked_weighted_by_the_chance_that_it_would_have_been_seen()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (model, cells) = (TaskCells.Model(), TaskCells.First(1));
        var (counts, _) = model.Read(cells);
        var (values, total) = (Normalisation.LogNormalise(counts), (float)Math.Log10(counts.RowSums()[0]));
        int[] silent = [.. Enumerable.Range(0, counts.Columns).Except(counts.RowIndices(0).ToArray())];
        float[] Ask(bool masked) => model.Module.call(TokenBatch.Pack(
        [
            new CellTokens
            {
                Visible = values.RowIndices(0).ToArray(),
                VisibleValues = values.RowValues(0).ToArray(),
                TargetDepth = total + 1,
                SourceDepth = total,
                Wanted = silent,
                AskAsMasked = masked,
            },
        ], model.Vocabulary.Count)).data<float>().ToArray();

        var (zero, hidden) = (Ask(masked: false), Ask(masked: true));
        var enhanced = Enhancement.Run(model, cells, new() { Depth = Depth.Added(1) });
        var seen = 1 - Math.Pow(0.9, 4); // four reads of which a tenth is kept
        Assert.NotEqual(zero, hidden);
        for (var i = 0; i < silent.Length; i++)
        {
            Assert.Equal(Math.Max(0, seen * zero[i] + (1 - seen) * hidden[i]), enhanced[0, silent[i]], 1e-5);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_company_does_not_matter()
    {
        var (model, cells) = (TaskCells.Model(), TaskCells.First(8));
        var first = Enhancement.Run(model, cells);
        Assert.Equal(first.Values, Enhancement.Run(model, cells).Values);
        Assert.InRange(TaskCells.LargestDifference(first.Row(0), Enhancement.Run(model, cells.SelectCells([0])).Row(0)), 0, 5e-6);
    }

    [Fact]
    public void A_model_of_several_decoder_blocks_gives_a_cell_alone_and_among_others_the_same_values()
    {
        var (model, cells) = (TaskCells.Model("3m"), TaskCells.First(3));
        var first = Enhancement.Run(model, cells);
        Assert.InRange(TaskCells.LargestDifference(first.Row(0), Enhancement.Run(model, cells.SelectCells([0])).Row(0)), 0, 1e-5);
    }
}
