using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tests.Graphs;

public sealed class SpectralClusteringTests
{
    private static readonly string[] Groups = [.. Enumerable.Range(0, 300).Select(i => (i % 3).ToString())];

    [Fact]
    public void Blobs_are_found_by_means_and_by_the_graph()
    {
        var points = Blobs.Make(300, 6, 3, 1, apart: 12);
        Assert.Equal(1, Agreement(KMeans.Cluster(points, 3)));
        Assert.Equal(1, Agreement(SpectralClustering.Cluster(Graph(points), 3)));
    }

    [Fact]
    public void Rings_within_each_other_are_told_apart_by_the_graph_alone()
    {
        var random = new Random(2);
        var points = new DenseMatrix(300, 2);
        for (var i = 0; i < 300; i++)
        {
            var (angle, radius) = (2 * Math.PI * (i / 3) / 100, 1 + 3 * (i % 3) + 0.1 * random.NextDouble());
            (points[i, 0], points[i, 1]) = ((float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)));
        }
        Assert.Equal(1, Agreement(SpectralClustering.Cluster(Graph(points, 5), 3)));
        Assert.InRange(Agreement(KMeans.Cluster(points, 3)), -0.1, 0.5);
    }

    [Fact]
    public void A_seed_gives_the_same_parts_and_their_number_is_checked()
    {
        var points = Blobs.Make(100, 3, 2, 3, apart: 1);
        Assert.Equal(KMeans.Cluster(points, 7, seed: 5), KMeans.Cluster(points, 7, seed: 5));
        Assert.Equal(7, KMeans.Cluster(points, 7).Distinct().Count());
        Assert.All(KMeans.Cluster(new DenseMatrix(5, 2), 3), label => Assert.Equal(0, label));
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Cluster(points, 101));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpectralClustering.Cluster(Graph(points), 0));
    }

    private static double Agreement(int[] labels) =>
        ClusterAgreement.AdjustedRandIndex(Groups, Array.ConvertAll(labels, l => l.ToString()));

    private static CsrMatrix Graph(DenseMatrix points, int count = 15) => Connectivities.From(Neighbours.Find(points, new() { Count = count }));
}
