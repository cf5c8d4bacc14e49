using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tests.Graphs;

public class UmapPeerTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void On_blood_cells_graph_and_layout_are_as_good_as_those_of_umap_learn()
    {
        var cells = Pbmc3k.OrSkip();
        using var folder = new TemporaryFolder();
        RunPeer(cells.Components, folder);
        var figures = JsonDocument.Parse(File.ReadAllText(folder.File("figures.json"))).RootElement;
        var theirs = new DenseMatrix(cells.Components.Rows, 2, Read<float>(folder, "layout.f32"));

        var graph = Connectivities.From(Neighbours.Find(cells.Components));
        var ours = Umap.Layout(graph, representation: cells.Components);

        Assert.Equal(Read<long>(folder, "indptr.i64"), graph.Offsets);
        Assert.Equal(Read<int>(folder, "indices.i32"), graph.Indices);
        Assert.All(Read<float>(folder, "weights.f32").Zip(graph.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        var trust = LayoutQuality.Trustworthiness(cells.Components, theirs);
        Assert.Equal(figures.GetProperty("trustworthiness").GetDouble(), trust, 1e-5);
        Assert.InRange(LayoutQuality.Trustworthiness(cells.Components, ours), trust - 0.01, 1);
        Assert.InRange(
            LayoutQuality.NeighbourPurity(ours, cells.Labels), LayoutQuality.NeighbourPurity(theirs, cells.Labels) - 0.01, 1);
    }

    private static void RunPeer(DenseMatrix points, TemporaryFolder folder)
    {
        if (!File.Exists(Python) || !Directory.Exists("/usr/lib/python3/dist-packages/umap"))
        {
            Assert.Skip("umap-learn is not installed (Debian: apt-get install umap-learn).");
        }
        var path = folder.File("components.f32");
        File.WriteAllBytes(path, MemoryMarshal.AsBytes(points.Values.AsSpan()));
        string[] numbers = [.. new[] { points.Rows, points.Columns, 15 }.Select(n => n.ToString(CultureInfo.InvariantCulture))];
        var script = Path.Combine(TestFolders.Root, "bench", "umap", "umap_learn.py");
        using var process = Process.Start(new ProcessStartInfo(Python, [script, path, .. numbers, "0.5", "0", folder.Path]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static T[] Read<T>(TemporaryFolder folder, string name) where T : struct =>
        MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(folder.File(name))).ToArray();
}
