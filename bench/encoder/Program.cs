// Tokens per second of our encoder against PyTorch's own layers of the same sizes, weights and batch, in alternating runs.
// usage: encoder [--record MACHINE]
using System.Diagnostics;
using System.Globalization;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length is not (0 or 2) || (args.Length == 2 && args[0] != "--record"))
{
    Console.Error.WriteLine("usage: encoder [--record MACHINE]");
    return 2;
}
string[] slowing = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"]; // settings that would slow the matrix products of both sides down
if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") != "passive" || slowing.Any(name => Environment.GetEnvironmentVariable(name) is not null))
{
    return Again(); // libraries read these when they are loaded, so only a new process sees them changed
}

var threads = Environment.ProcessorCount;
torch.set_num_threads(threads);
using var peer = new Peer(threads);
List<string> table =
[
    $"Encoder, float32, {threads} threads, {DateTime.UtcNow:yyyy-MM-dd}; .NET {Environment.Version} and torch {peer.Version}; alternating runs, medians; load of the machine at the start {File.ReadAllText("/proc/loadavg").Split(' ')[0]}. Ratios: ours over PyTorch's, tokens a second above 1 is faster, processor time below 1 is cheaper.",
    "",
    "| encoder (width/blocks/heads), batch | | ScFm, tokens/s | PyTorch, tokens/s | ratio | ScFm, cpu s | PyTorch, cpu s | ratio |",
    "|---|---|---|---|---|---|---|---|",
];
foreach (var of in Case.All)
{
    using var ours = new Ours(of);
    peer.Open(of);
    foreach (var backward in new[] { false, true })
    {
        table.Add(Row(of, backward, ours));
        Console.Error.WriteLine(table[^1]);
    }
}
Console.WriteLine(string.Join('\n', table));
if (args.Length == 2)
{
    var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "results"));
    var file = Path.Combine(folder, $"encoder_{args[1]}_{DateTime.UtcNow:yyyy-MM-dd}.md");
    Directory.CreateDirectory(folder);
    File.WriteAllText(file + ".tmp", string.Join('\n', table) + "\n");
    File.Move(file + ".tmp", file, overwrite: true);
}
return 0;

string Row(Case of, bool backward, Ours ours)
{
    var (own, other) = (new List<Sample>(), new List<Sample>());
    for (var run = -2; run < of.Runs; run++)
    {
        var (a, b) = (ours.Run(backward), peer.Run(backward));
        if (Math.Abs(a.Check - b.Check) > 1e-4 * Math.Abs(b.Check))
        {
            throw new InvalidOperationException($"{of.Name}: the outputs differ, {a.Check} and {b.Check}.");
        }
        if (run >= 0) // the first two warm both sides
        {
            own.Add(a);
            other.Add(b);
        }
    }
    var (oursRate, theirRate) = (of.TokenCount / Median(own, s => s.Seconds), of.TokenCount / Median(other, s => s.Seconds));
    var (oursCpu, theirCpu) = (Median(own, s => s.CpuSeconds), Median(other, s => s.CpuSeconds));
    return $"| {of.Name} ({of.Width}/{of.Depth}/{of.Heads}), {of.Cells} x {of.Tokens} | {(backward ? "forward and backward" : "forward")} "
        + $"| {oursRate:N0} | {theirRate:N0} | {oursRate / theirRate:0.00} | {oursCpu:0.000} | {theirCpu:0.000} | {oursCpu / theirCpu:0.00} |";
}

static double Median(List<Sample> samples, Func<Sample, double> of) => samples.Select(of).Order().ElementAt(samples.Count / 2);

int Again()
{
    var start = new ProcessStartInfo(Environment.ProcessPath!);
    if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
    {
        start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
    }
    foreach (var argument in args)
    {
        start.ArgumentList.Add(argument);
    }
    start.Environment["OMP_WAIT_POLICY"] = "passive";
    foreach (var name in slowing)
    {
        start.Environment.Remove(name);
    }
    using var child = Process.Start(start)!;
    child.WaitForExit();
    return child.ExitCode;
}
