using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.ReadDepth;

namespace ScFm.Model.Tests.Tasks.ReadDepth;

public sealed class ClusteringStudyTests
{
    private static readonly AnnData Cells = TaskCells.First(150);
    private static readonly string?[] Types = [.. Enumerable.Range(0, 150).Select(cell => Cells.Obs["cell_type"].Text(cell))];
    private static readonly CellView Noise = new("noise", "seeded", (pair, seed, _) =>
    {
        var random = new Random(seed);
        return new DenseMatrix(pair.Deep.CellCount, 20, [.. Enumerable.Range(0, pair.Deep.CellCount * 20).Select(_ => random.NextSingle())]);
    });

    [Fact]
    public void Whole_cells_show_their_types_and_noise_shows_none()
    {
        NeedsLeiden();
        var study = ClusteringStudy.Run(Cells, Types, [CellView.AllReads, Noise], new() { Seeds = 2, Components = 20 });
        Assert.Equal(["all reads", "noise"], study.Summaries.Select(summary => summary.View));
        Assert.All(study.Outcomes.Where(outcome => outcome.View == "all reads"), outcome => Assert.True(outcome is { Ari: > 0.5, Nmi: > 0.5, TypeSilhouette: > 0 }, $"{outcome}"));
        Assert.All(study.Outcomes.Where(outcome => outcome.View == "noise"), outcome => Assert.True(outcome is { Ari: < 0.15, TypeSilhouette: < 0.05 }, $"{outcome}"));
        Assert.All(study.Outcomes, outcome => Assert.Equal(2 * study.Types.Count, outcome.Layout.Length));
        Assert.Equal(7, study.Outcomes[0].Types);
        Assert.Equal(["view", "NMI", "ARI", "silhouette of types", "silhouette of clusters", "clusters / types", "seconds"], study.ToTable().Columns.Select(column => column.Name));
    }

    [Fact]
    public void Without_known_types_those_of_the_whole_cells_are_found_by_clustering_and_cells_without_a_type_are_left_out()
    {
        NeedsLeiden();
        var options = new ClusteringStudyOptions { Seeds = 1, Components = 20 };
        var found = ClusteringStudy.Run(Cells, null, [CellView.AllReads], options);
        Assert.InRange(found.Types.Distinct().Count(), 2, 20);
        Assert.True(found.Outcomes[0].Ari > 0.6, $"{found.Outcomes[0]}");

        string?[] some = [.. Types.Select((type, cell) => cell < 100 ? type : null)];
        Assert.Equal(100, ClusteringStudy.Run(Cells, some, [CellView.AllReads], options).Types.Count);
        var one = Assert.Throws<InvalidDataException>(() => ClusteringStudy.Run(Cells, [.. Types.Select(_ => "T")], [CellView.AllReads], options));
        Assert.Contains("are all of one type", one.Message);
    }

    [Fact]
    public void A_finding_compares_the_best_view_that_is_told_a_depth_with_the_best_that_is_not()
    {
        static ClusteringOutcome Outcome(string view, double? fold, int seed, double ari) => new(view, fold, seed, ari, ari, ari, double.NaN, 3, 3, 1, []);
        var study = new ClusteringStudy(
        [
            Outcome("all reads", null, 0, 0.99), Outcome("all reads", null, 1, 0.99),
            Outcome("MAGIC", null, 0, 0.5), Outcome("MAGIC", null, 1, 0.6),
            Outcome("embedding, T = 1 S", 1, 0, 0.4), Outcome("embedding, T = 1 S", 1, 1, 0.51),
            Outcome("embedding, T = 2 S", 2, 0, 0.8), Outcome("embedding, T = 2 S", 2, 1, 0.91),
        ], []);
        var findings = study.Findings().ToList();
        Assert.Equal(4, findings.Count); // no silhouette of clusters to compare
        Assert.StartsWith("ARI: embedding, T = 2 S, the best of 2 that are told a depth (0.855 ± 0.699), is above MAGIC, the best of 1 that are not", findings[1]);
        Assert.Equal("Asked depth: from T = 1 S to 2 S the ARI of embedding lies between 0.455 and 0.855.", findings[3]);
    }

    private static void NeedsLeiden()
    {
        if (!Leiden.IsAvailable)
        {
            Assert.Skip("igraph's library is not installed (Debian: libigraph3).");
        }
    }
}
