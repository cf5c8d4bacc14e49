// Our layout of pbmc3k against umap-learn's, on the same principal components: whole time (neighbours, graph, start, optimisation) and quality.
// usage: ./scfm bench umap FOLDER_OF_PBMC3K [--record MACHINE]
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Metrics;

const int Components = 30;
const int Nearest = 15;
const int Repeats = 5;
const double MinDistance = 0.5;

if (args.Length is not (1 or 3) || (args.Length == 3 && args[1] != "--record"))
{
    Console.Error.WriteLine("usage: umap FOLDER_OF_PBMC3K [--record MACHINE]");
    return 2;
}
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var scripts = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));
using var work = new TemporaryFolder();
var labels = File.ReadLines(Path.Combine(args[0], "cells.tsv")).Skip(1).Select(line => line.Split('\t')[1]).ToArray();

Python("prepare.py", args[0], $"{Components}", work.Path);
var points = new DenseMatrix(labels.Length, Components, work.Read<float>("components.f32"));
var (cold, ours) = Timed();
var warm = Enumerable.Range(0, Repeats).Select(_ => Timed().Seconds).Order().ElementAt(Repeats / 2);
Python("umap_learn.py", work.File("components.f32"), $"{labels.Length}", $"{Components}", $"{Nearest}", $"{MinDistance}", "3", work.Path);
var theirs = new DenseMatrix(labels.Length, 2, work.Read<float>("layout.f32"));
var figures = JsonDocument.Parse(File.ReadAllText(work.File("figures.json"))).RootElement;

string[] table =
[
    $"pbmc3k, {labels.Length} cells, {Components} principal components, {Nearest} neighbours, minimal distance {MinDistance}, 500 epochs; {Environment.ProcessorCount} cores, load {Load()}; {DateTime.UtcNow:yyyy-MM-dd}; .NET {Environment.Version}, umap-learn {figures.GetProperty("version").GetString()}",
    "",
    "| | ScFm | umap-learn | ratio |",
    "|---|---|---|---|",
    Row("first call, s (compilation included on both sides)", cold, Figure("cold")),
    Row("later calls, s (median, seeded: same layout each time)", warm, Figure("warm")),
    Row("later calls, s (median; umap-learn without a seed, on all cores)", warm, Figure("warm_unseeded")),
    Row("trustworthiness (15)", Trust(ours), Trust(theirs)),
    Row("label purity of 15 neighbours", Purity(ours), Purity(theirs)),
];
Console.WriteLine(string.Join('\n', table));
if (args.Length == 3)
{
    var folder = Path.Combine(scripts, "..", "results");
    var file = Path.Combine(folder, $"umap_{args[2]}_{DateTime.UtcNow:yyyy-MM-dd}.md");
    Directory.CreateDirectory(folder);
    File.WriteAllText(file + ".tmp", string.Join('\n', table) + "\n");
    File.Move(file + ".tmp", file, overwrite: true);
}
return 0;

(double Seconds, DenseMatrix Layout) Timed()
{
    var watch = Stopwatch.StartNew();
    var graph = Connectivities.From(Neighbours.Find(points, new() { Count = Nearest }));
    var layout = Umap.Layout(graph, new() { MinDistance = MinDistance }, points);
    return (watch.Elapsed.TotalSeconds, layout);
}

// Times on a busy machine are to be read as ratios.
static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

double Trust(DenseMatrix layout) => LayoutQuality.Trustworthiness(points, layout);

double Purity(DenseMatrix layout) => LayoutQuality.NeighbourPurity(layout, labels);

double Figure(string name) => figures.GetProperty(name).GetDouble();

static string Row(string what, double ours, double theirs) => $"| {what} | {ours:0.000} | {theirs:0.000} | {ours / theirs:0.00} |";

void Python(string script, params string[] arguments)
{
    var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(scripts, script), .. arguments]);
    // Settings that would slow the peer's matrix products down.
    start.Environment.Remove("OPENBLAS_CORETYPE");
    start.Environment.Remove("OPENBLAS_L2_SIZE");
    using var process = Process.Start(start)!;
    process.WaitForExit();
    if (process.ExitCode != 0)
    {
        throw new InvalidOperationException($"{script} ended with {process.ExitCode}; it needs Debian's umap-learn and python3-scipy.");
    }
}

/// <summary>A folder that goes when the program ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("umap-bench").FullName;

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    internal T[] Read<T>(string name) where T : struct => MemoryMarshal.Cast<byte, T>(System.IO.File.ReadAllBytes(File(name))).ToArray();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
