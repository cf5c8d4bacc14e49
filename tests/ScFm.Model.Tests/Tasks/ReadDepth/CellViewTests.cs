using ScFm.Model.Cells;
using ScFm.Model.Tasks.ReadDepth;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.ReadDepth;

[Collection(nameof(TorchGenerator))]
public sealed class CellViewTests
{
    private static readonly AnnData Cells = TaskCells.First(12);

    [Fact]
    public void The_views_are_all_reads_each_method_that_tells_cells_apart_and_every_depth_of_expression_and_embedding()
    {
        var model = StudiedModel.Given(TaskCells.Model());
        var views = CellView.All(StudyMethods.All(Cells, model), model, rate: 0.1, [1, 2.5]);
        Assert.Equal(["all reads", "observed", "MAGIC", "SAVER", "scImpute", "scVI", "scFoundation, T = 1 S", "scFoundation, T = 2.5 S", "embedding, T = 1 S", "embedding, T = 2.5 S"], views.Select(view => view.Name));
        Assert.Equal([null, null, null, null, null, null, 1, 2.5, 1, 2.5], views.Select(view => view.Fold));
    }

    [Fact]
    public void Expression_and_embedding_follow_the_asked_depth()
    {
        var model = StudiedModel.Given(TaskCells.Model());
        var pair = DepthPair.Thin(GeneMapping.Map(Cells, model.Model.Vocabulary).Cells, 0.5, seed: 1);
        var views = CellView.All([StudyMethods.ScFoundation(model)], model, rate: 0.5, [1, 5]);
        var seen = views.Select(view => view.See(pair, 0, CancellationToken.None)).ToArray();
        Assert.True(TaskCells.LargestDifference(seen[1].Values, seen[2].Values) > 1e-4);
        Assert.True(TaskCells.LargestDifference(seen[3].Values, seen[4].Values) > 1e-4);
    }
}
