using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class ClusterTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void Cells_that_are_all_of_one_known_type_are_clustered_without_a_silhouette()
    {
        if (!Leiden.IsAvailable)
        {
            Assert.Skip("igraph's library is not installed.");
        }
        var notebook = few.Notebook();
        var cells = (AnnData)notebook["cells"]!;
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("cell_type", Enumerable.Repeat("T cell", cells.CellCount)));
        notebook.Run("cluster");
        Assert.NotNull(((AnnData)notebook["cells"]!).Obs.Find("cluster"));
        Assert.Contains(notebook.Shown, shown => ((string)shown.Data["text/plain"]).Contains("silhouette of cell_type", StringComparison.Ordinal));
    }
}
