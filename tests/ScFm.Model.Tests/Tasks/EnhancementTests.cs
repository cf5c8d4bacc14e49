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
    public void Folds_change_only_the_genes_that_are_expressed()
    {
        var (model, cells) = (TaskCells.Model(), TaskCells.First(4));
        var (plain, masked) = (Enhancement.Run(model, cells, new() { Folds = 1 }), Enhancement.Run(model, cells, new() { Folds = 4 }));
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
