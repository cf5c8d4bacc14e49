using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks;

[Collection(nameof(TorchGenerator))]
public sealed class EmbeddingTests
{
    [Fact]
    public void A_cell_has_the_same_vector_alone_and_among_others_in_any_order()
    {
        var model = TaskCells.Model();
        var cells = TaskCells.First(40);
        var together = Embedding.Run(model, cells);
        var backwards = Embedding.Run(model, cells.SelectCells([.. Enumerable.Range(0, 40).Reverse()]));
        for (var cell = 0; cell < 40; cell++)
        {
            Assert.InRange(TaskCells.LargestDifference(together.Row(cell), backwards.Row(39 - cell)), 0, 2e-6);
        }
        foreach (var cell in new[] { 0, 17, 39 })
        {
            Assert.InRange(TaskCells.LargestDifference(together.Row(cell), Embedding.Run(model, cells.SelectCells([cell])).Row(0)), 0, 2e-6);
            Assert.InRange(TaskCells.LargestDifference(together.Row(cell), together.Row((cell + 1) % 40)), 1e-3, 100); // and cells differ
        }
    }

    [Fact]
    public void The_same_cell_has_the_same_bits_in_any_batch()
    {
        var (model, cells) = (TaskCells.Model(), TaskCells.First(40));
        var (vectors, expression) = (Embedding.Run(model, cells), Enhancement.Run(model, cells, new EnhancementOptions { Folds = 1 }));
        foreach (var chosen in new int[][] { [17], [39, 17], [.. Enumerable.Range(10, 20)] })
        {
            var some = cells.SelectCells(chosen);
            var at = Array.IndexOf(chosen, 17);
            Assert.Equal(vectors.Row(17).ToArray(), Embedding.Run(model, some).Row(at).ToArray());
            Assert.Equal(expression.Row(17).ToArray(), Enhancement.Run(model, some, new EnhancementOptions { Folds = 1 }).Row(at).ToArray());
        }
    }

    [Fact]
    public void The_same_call_gives_the_same_bits() =>
        Assert.Equal(Embedding.Run(TaskCells.Model(), TaskCells.First(20)).Values, Embedding.Run(TaskCells.Model(), TaskCells.First(20)).Values);

    [Fact]
    public void The_poolings_have_their_widths_and_max_is_over_all_tokens()
    {
        var (model, cells) = (TaskCells.Model(), TaskCells.First(5));
        var width = model.Config.EncoderWidth;
        var (all, max) = (Embedding.Run(model, cells), Embedding.Run(model, cells, new EmbeddingOptions { Pooling = Pooling.Max }));
        Assert.Equal((5, 4 * width), (all.Rows, all.Columns));
        Assert.Equal((5, width), (max.Rows, max.Columns));
        for (var cell = 0; cell < 5; cell++)
        {
            for (var i = 0; i < width; i++)
            {
                // S, T, maximum over genes, mean over genes: the maximum over all tokens is that of the first three
                var expected = Math.Max(all[cell, i], Math.Max(all[cell, width + i], all[cell, 2 * width + i]));
                Assert.Equal(expected, max[cell, i], 1e-6f);
                Assert.True(all[cell, 3 * width + i] <= all[cell, 2 * width + i]);
            }
        }
    }

    [Fact]
    public void Another_depth_gives_another_vector_and_the_own_depth_is_a_fold_of_one()
    {
        var (model, cells) = (TaskCells.Model(), TaskCells.First(3));
        var own = Embedding.Run(model, cells).Values;
        Assert.Equal(own, Embedding.Run(model, cells, new EmbeddingOptions { Depth = Depth.Fold(1) }).Values);
        Assert.InRange(TaskCells.LargestDifference(own, Embedding.Run(model, cells, new EmbeddingOptions { Depth = Depth.Fold(10) }).Values), 1e-4, 100);
    }

    [Fact]
    public void Zeros_that_are_stored_are_not_expressed()
    {
        var (model, cells) = TaskCells.Five();
        var plain = cells(new float[,] { { 3, 0, 2, 0, 1 } });
        var stored = new AnnData(new CsrMatrix(1, 5, [0, 5], [0, 1, 2, 3, 4], [3, 0, 2, 0, 1]), plain.ObsNames, plain.VarNames);
        Assert.Equal(Embedding.Run(model, plain).Values, Embedding.Run(model, stored).Values);
    }

    [Fact]
    public void A_cell_without_a_gene_of_the_model_is_named()
    {
        var (model, cells) = TaskCells.Five();
        var found = Assert.Throws<InvalidDataException>(() => Embedding.Run(model, cells(new float[,] { { 1, 2, 0, 0, 0 }, { 0, 0, 0, 0, 0 } })));
        Assert.Equal("Cell 1 ('cell-1') expresses none of the 5 genes of the model; expected at least one: filter the cells first.", found.Message);
    }

    [Fact]
    public void Normalised_values_are_refused_with_the_evidence()
    {
        var sample = TaskCells.First(10);
        var logged = sample.WithX(Normalisation.LogNormalise(sample.X));
        foreach (var run in new Action[] { () => Embedding.Run(TaskCells.Model(), logged), () => Enhancement.Run(TaskCells.Model(), logged), () => Pretraining.Run(logged) })
        {
            Assert.StartsWith("Raw counts are needed, but the values are log-normalised: ", Assert.Throws<InvalidDataException>(run).Message);
        }
    }

    [Fact]
    public void Cells_without_a_gene_in_common_with_the_model_are_refused()
    {
        var (model, cells) = TaskCells.Five();
        var mouse = cells(new float[,] { { 1, 2, 0, 0, 0 } });
        var other = new AnnData(mouse.X, mouse.ObsNames, ["V", "W", "X", "Y", "Z"]);
        Assert.NotEmpty(Assert.Throws<InvalidDataException>(() => Embedding.Run(model, other)).Message);
    }

    [Fact]
    public void Progress_reaches_the_number_of_cells_and_cancellation_stops()
    {
        var told = new List<int>();
        Embedding.Run(TaskCells.Model(), TaskCells.First(12), progress: new Done(told.Add));
        Assert.Equal(12, told[^1]);
        Assert.ThrowsAny<OperationCanceledException>(() => Embedding.Run(TaskCells.Model(), TaskCells.First(12), cancellation: new CancellationToken(true)));
    }

    private sealed class Done(Action<int> told) : IProgress<int>
    {
        public void Report(int value) => told(value);
    }
}
