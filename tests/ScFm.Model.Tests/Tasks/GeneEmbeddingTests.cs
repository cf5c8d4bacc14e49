using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks;

[Collection(nameof(TorchGenerator))]
public sealed class GeneEmbeddingTests
{
    [Theory]
    [InlineData("tiny")]
    [InlineData("3m")]
    public void Some_genes_have_the_vectors_they_have_among_all(string preset)
    {
        var (model, cells) = (TaskCells.Model(preset), TaskCells.First(6));
        string[] genes = [model.Vocabulary.Names[7], model.Vocabulary.Names[0], model.Vocabulary.Names[^1]];
        var some = GeneEmbedding.Of(model, cells, genes);
        Assert.Equal(genes, some.Keys);
        var seen = new List<int>();
        GeneEmbedding.Stream(model, cells, (cell, all) =>
        {
            seen.Add(cell);
            Assert.Equal((model.Vocabulary.Count, model.Config.DecoderWidth), (all.Rows, all.Columns));
            foreach (var gene in genes)
            {
                Assert.InRange(TaskCells.LargestDifference(all.Row(model.Vocabulary.IndexOf(gene)), some[gene].Row(cell)), 0, 1e-5);
            }
        });
        Assert.Equal(Enumerable.Range(0, 6), seen.Order());
    }

    [Fact]
    public void A_gene_has_other_vectors_in_other_cells_and_at_another_depth()
    {
        var (model, cells) = (TaskCells.Model(), TaskCells.First(3));
        var gene = model.Vocabulary.Names[3];
        var own = GeneEmbedding.Of(model, cells, [gene])[gene];
        var deeper = GeneEmbedding.Of(model, cells, [gene], new GeneEmbeddingOptions { Depth = Depth.Fold(10) })[gene];
        Assert.InRange(TaskCells.LargestDifference(own.Row(0), own.Row(1)), 1e-4, 100);
        Assert.InRange(TaskCells.LargestDifference(own.Row(0), deeper.Row(0)), 1e-5, 100);
    }

    [Fact]
    public void Unknown_genes_are_named_all_at_once()
    {
        var (model, cells) = (TaskCells.Model(), TaskCells.First(2));
        var known = model.Vocabulary.Names[0];
        Assert.StartsWith("The model has no gene 'nope', 'NOR'; expected some of its ", Assert.Throws<ArgumentException>(() => GeneEmbedding.Of(model, cells, ["nope", known, "NOR"])).Message);
        Assert.StartsWith("No gene is asked for; expected some of its ", Assert.Throws<ArgumentException>(() => GeneEmbedding.Of(model, cells, [])).Message);
    }

    [Fact]
    public void Cells_change_each_other_only_where_the_reference_is_asked_for_one_batch()
    {
        var model = TaskCells.Model();
        var (cells, _) = GeneMapping.Map(TaskCells.First(4), model.Vocabulary);
        var together = new GeneEmbeddingOptions { OneBatch = true };
        Assert.StartsWith("OneBatch is true without Compat.Reference; ", Assert.Throws<ArgumentException>(() => Vectors(model, cells, together)).Message);
        var reference = new GeneEmbeddingOptions { Input = new() { Compat = Compat.Reference } };
        var alone = Vectors(model, cells, reference);
        Assert.InRange(TaskCells.LargestDifference(alone, Vectors(model, cells, new())), 0, 1e-5);
        Assert.InRange(TaskCells.LargestDifference(alone, Vectors(model, cells, reference with { OneBatch = true })), 1e-5, 100);
        Assert.False(model.Module.Decoder.WholeBatchMaximum); // and the model is left as it was
    }

    private static float[] Vectors(ScFoundationModel model, AnnData cells, GeneEmbeddingOptions options) =>
        GeneEmbedding.Of(model, cells, [model.Vocabulary.Names[5]], options).Single().Value.Values;
}
