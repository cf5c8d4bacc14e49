using ScFm.Model.Graphs;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tests.Graphs;

public class ClusteringTests
{
    [Fact]
    public void One_call_reduces_clusters_and_lays_out()
    {
        var points = Blobs.Make(300, 70, 3, 2, apart: 10);
        var groups = Enumerable.Range(0, 300).Select(i => i % 3).ToArray();
        var steps = new List<string>();

        var map = Clustering.Run(points, new() { Components = 10, Clusters = 3 }, new Steps(steps));

        Assert.Equal((300, 10), (map.Representation.Rows, map.Representation.Columns));
        Assert.Equal((300, 2), (map.Layout.Rows, map.Layout.Columns));
        Assert.Equal(1, LayoutQuality.NeighbourPurity<int>(map.Layout, groups));
        Assert.Equal(4, steps.Count);
        if (Leiden.IsAvailable)
        {
            Assert.Equal(1, ClusterAgreement.AdjustedRandIndex(map.Clusters!.Names, groups));
        }
    }

    [Fact]
    public void A_narrow_representation_is_used_as_it_is()
    {
        var points = Blobs.Make(60, 5, 2, 2);

        Assert.Same(points, Clustering.Run(points).Representation);
    }

    [Fact]
    public void Without_igraph_the_map_has_no_clusters_and_says_why()
    {
        if (ChildRun.Out is { } answer)
        {
            var steps = new List<string>();
            var map = Clustering.Run(Blobs.Make(60, 5, 2, 2), progress: new Steps(steps));
            Assert.Null(map.Clusters);
            Assert.Equal(60, map.Layout.Rows);
            File.WriteAllLines(answer, steps);
            return;
        }

        var said = ChildRun.Of(typeof(ClusteringTests), nameof(Without_igraph_the_map_has_no_clusters_and_says_why), ("SCFM_IGRAPH", "/nowhere/libigraph.so"));

        Assert.Contains("apt-get install libigraph3", said);
    }

    [Fact]
    public void Mapping_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Clustering.Run(Blobs.Make(60, 80, 2, 2), cancel: cancel.Token));
    }

    [Fact]
    public void Clusters_of_blood_cells_are_close_to_their_types()
    {
        var cells = Pbmc3k.OrSkip();
        if (!Leiden.IsAvailable)
        {
            Assert.Skip("igraph's library is not installed (Debian: apt-get install libigraph3).");
        }

        var map = Clustering.Run(cells.Components, new() { Resolution = 0.6 });

        // Types that share most of their programme (naive and memory T cells) are not told apart by clusters; an adjusted Rand index of about 0.72 is reached.
        Assert.True(ClusterAgreement.AdjustedRandIndex(map.Clusters!.Labels, cells.Labels) > 0.6);
        Assert.True(ClusterAgreement.NormalisedMutualInformation(map.Clusters.Labels, cells.Labels) > 0.7);
    }

    // Progress<T> would report later, on another thread.
    private sealed class Steps(List<string> heard) : IProgress<string>
    {
        public void Report(string value) => heard.Add(value);
    }
}
