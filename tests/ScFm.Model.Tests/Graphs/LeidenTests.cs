using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Tests.Graphs;

public class LeidenTests
{
    [Fact]
    public void Two_cliques_with_one_edge_between_them_are_two_clusters()
    {
        RequireIgraph();
        var graph = Cliques(6, 4);

        var found = Leiden.Cluster(graph);

        Assert.Equal(2, found.Count);
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 1, 1], found.Labels);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void Quality_is_the_modularity_of_the_clusters(double resolution)
    {
        RequireIgraph();
        var graph = Connectivities.From(Neighbours.Find(Blobs.Make(400, 6, 5, 4, apart: 4)));

        var found = Leiden.Cluster(graph, new() { Resolution = resolution });

        Assert.Equal(Modularity(graph, found.Labels, resolution), found.Quality, 1e-6);
    }

    [Fact]
    public void Separate_groups_of_points_are_recovered_by_either_objective()
    {
        RequireIgraph();
        var graph = Connectivities.From(Neighbours.Find(Blobs.Make(600, 8, 4, 7, apart: 20)));

        foreach (var options in new LeidenOptions[] { new() { Resolution = 0.2 }, new() { Objective = LeidenObjective.ConstantPotts, Resolution = 0.005 } })
        {
            var found = Leiden.Cluster(graph, options);
            Assert.Equal(4, found.Count);
            Assert.All(Enumerable.Range(0, 600), cell => Assert.Equal(found.Labels[cell % 4], found.Labels[cell]));
        }
    }

    [Fact]
    public void Clusters_are_numbered_from_the_largest()
    {
        RequireIgraph();
        var graph = Connectivities.From(Neighbours.Find(Blobs.Make(500, 6, 5, 4)));

        var sizes = Leiden.Cluster(graph).Labels.CountBy(l => l).OrderBy(c => c.Key).Select(c => c.Value).ToArray();

        Assert.Equal(sizes.OrderDescending(), sizes);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    public void A_wanted_number_of_clusters_of_blood_cells_is_found(int wanted)
    {
        RequireIgraph();
        var graph = Connectivities.From(Neighbours.Find(Pbmc3k.OrSkip().Components));

        var found = Leiden.ClusterInto(graph, wanted);

        Assert.Equal(wanted, found.Count);
        Assert.Equal(wanted, found.Labels.Distinct().Count());
    }

    [Fact]
    public void The_same_seed_gives_the_same_clusters_whatever_ran_before()
    {
        RequireIgraph();
        var graph = Connectivities.From(Neighbours.Find(Pbmc3k.OrSkip().Components));

        var first = Leiden.Cluster(graph, new() { Seed = 42 });
        Leiden.Cluster(graph, new() { Seed = 43 });
        var again = Leiden.Cluster(graph, new() { Seed = 42 });

        Assert.Equal(first.Labels, again.Labels);
    }

    [Fact]
    public void A_graph_without_edges_leaves_every_cell_alone()
    {
        RequireIgraph();

        var found = Leiden.Cluster(new CsrMatrix(5, 5, new long[6], [], []));

        Assert.Equal(5, found.Count);
    }

    [Fact]
    public void A_weight_that_is_not_a_number_is_refused()
    {
        RequireIgraph();
        var graph = new CsrMatrix(2, 2, [0, 1, 2], [1, 0], [float.NaN, float.NaN]);

        var error = Assert.Throws<ArgumentException>(() => Leiden.Cluster(graph));
        Assert.Contains("NaN", error.Message);
    }

    [Fact]
    public void An_edge_to_a_cell_that_is_not_there_is_refused()
    {
        RequireIgraph();

        var error = Assert.Throws<ArgumentException>(() => Leiden.Cluster(new CsrMatrix(2, 2, [0, 1, 1], [9], [1])));

        Assert.Contains("cell 9", error.Message);
    }

    [Fact]
    public void Without_igraph_the_error_says_how_to_install_it()
    {
        if (ChildRun.Out is { } answer)
        {
            var error = Assert.Throws<DllNotFoundException>(() => Leiden.Cluster(Cliques(3, 3)));
            File.WriteAllText(answer, error.Message);
            return;
        }

        var message = ChildRun.Of(typeof(LeidenTests), nameof(Without_igraph_the_error_says_how_to_install_it), ("SCFM_IGRAPH", "/nowhere/libigraph.so"));

        Assert.Contains("/nowhere/libigraph.so", message);
        Assert.Contains("apt-get install libigraph3", message);
    }

    private static void RequireIgraph()
    {
        if (!Leiden.IsAvailable)
        {
            Assert.Skip("igraph's library is not installed (Debian: apt-get install libigraph3).");
        }
    }

    private static CsrMatrix Cliques(int first, int second)
    {
        var size = first + second;
        var rows = Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size)
            .Where(j => j != i && (i < first == j < first || (Math.Min(i, j), Math.Max(i, j)) == (0, first))).ToArray()).ToArray();
        var offsets = new long[size + 1];
        for (var i = 0; i < size; i++)
        {
            offsets[i + 1] = offsets[i] + rows[i].Length;
        }
        int[] indices = [.. rows.SelectMany(r => r)];
        return new CsrMatrix(size, size, offsets, indices, Array.ConvertAll(indices, _ => 1f));
    }

    private static double Modularity(CsrMatrix graph, int[] labels, double resolution)
    {
        var strengths = graph.RowSums();
        var total = strengths.Sum();
        var sum = 0.0;
        for (var i = 0; i < graph.Rows; i++)
        {
            for (var e = graph.Offsets[i]; e < graph.Offsets[i + 1]; e++)
            {
                sum += labels[i] == labels[graph.Indices[e]] ? graph.Values[e] : 0;
            }
            for (var j = 0; j < graph.Rows; j++)
            {
                sum -= labels[i] == labels[j] ? resolution * strengths[i] * strengths[j] / total : 0;
            }
        }
        return sum / total;
    }
}
