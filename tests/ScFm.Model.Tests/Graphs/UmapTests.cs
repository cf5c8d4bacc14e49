using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tests.Graphs;

public class UmapTests
{
    [Fact]
    public void Separate_groups_of_points_stay_separate()
    {
        var points = Blobs.Make(400, 10, 4, 3, apart: 20);
        var groups = Enumerable.Range(0, 400).Select(i => i % 4).ToArray();

        var layout = Umap.Layout(Connectivities.From(Neighbours.Find(points)), representation: points);

        Assert.Equal(1, LayoutQuality.NeighbourPurity<int>(layout, groups));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_layout_has_the_dimensions_asked_for(int components)
    {
        var points = Blobs.Make(200, 6, 1, 3);

        var layout = Umap.Layout(Connectivities.From(Neighbours.Find(points)), new() { Components = components, Epochs = 50 });

        Assert.Equal((200, components), (layout.Rows, layout.Columns));
        Assert.All(layout.Values, v => Assert.True(float.IsFinite(v)));
        Assert.All(Enumerable.Range(0, components), c => Assert.True(layout.SelectColumn(c).Distinct().Count() > 100));
    }

    [Fact]
    public void Cells_that_all_coincide_still_get_a_layout()
    {
        var layout = Umap.Layout(Connectivities.From(Neighbours.Find(new DenseMatrix(40, 3))), new() { Epochs = 50 });

        Assert.All(layout.Values, v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void Another_seed_gives_another_layout()
    {
        var graph = Connectivities.From(Neighbours.Find(Blobs.Make(150, 6, 2, 3)));

        Assert.NotEqual(Umap.Layout(graph, new() { Seed = 1, Epochs = 20 }).Values, Umap.Layout(graph, new() { Seed = 2, Epochs = 20 }).Values);
    }

    [Fact]
    public void A_layout_can_be_cancelled()
    {
        var graph = Connectivities.From(Neighbours.Find(Blobs.Make(300, 6, 2, 3)));
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Umap.Layout(graph, cancel: cancel.Token));
    }

    [Fact]
    public void A_representation_of_other_cells_is_refused()
    {
        var graph = Connectivities.From(Neighbours.Find(Blobs.Make(30, 3, 2, 3)));

        var error = Assert.Throws<ArgumentException>(() => Umap.Layout(graph, representation: Blobs.Make(31, 3, 2, 3)));

        Assert.Contains("30 x 30", error.Message);
        Assert.Contains("31 cells", error.Message);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(5, 0.5)]
    [InlineData(2, -0.1)]
    [InlineData(2, 1.5)]
    public void Options_out_of_range_are_refused(int components, double minDistance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Umap.Layout(Connectivities.From(Neighbours.Find(Blobs.Make(30, 3, 2, 3))), new() { Components = components, MinDistance = minDistance }));

    [Fact]
    public void The_map_of_cells_is_the_same_to_the_bit_with_one_thread_and_with_many()
    {
        var points = Blobs.Make(1500, 60, 6, 11, apart: 3);
        var map = Clustering.Run(points, new() { Components = 20, Seed = 5 });
        var descent = Neighbours.Find(points, new() { Search = NeighbourSearch.Descent, Seed = 5 });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(map.Representation.Values.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(map.Neighbours.Indices.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(map.Graph.Values.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes((map.Clusters?.Labels ?? []).AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(map.Layout.Values.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(descent.Indices.AsSpan()));
        var result = Convert.ToHexString(hash.GetHashAndReset());
        if (ChildRun.Out is { } answer)
        {
            File.WriteAllText(answer, $"{Environment.ProcessorCount} {result}");
            return;
        }

        var alone = ChildRun.Of(typeof(UmapTests), nameof(The_map_of_cells_is_the_same_to_the_bit_with_one_thread_and_with_many), ("DOTNET_PROCESSOR_COUNT", "1"));

        Assert.Equal($"1 {result}", alone);
    }
}
