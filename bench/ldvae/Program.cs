// Seconds of an LDVAE's training epoch here and in plain PyTorch, in one run on one machine.
// usage: ./scfm bench ldvae [--rows NAME,...] [--record MACHINE]
using System.Globalization;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--child", .. var work])
{
    torch.set_num_threads(Processes.Threads);
    return work switch
    {
        ["row", var name, var epochs] => Processes.Answer(Ours.Measure(Find(name), int.Parse(epochs))),
        ["peak"] => Processes.Answer(Peaks.Measure()),
        ["agreement", var name, var file] => Processes.Answer(Agreement.Compare(Find(name), file)),
        _ => throw new ArgumentException($"--child: '{string.Join(' ', work)}' was found; expected row NAME EPOCHS, peak or agreement NAME FILE."),
    };
}

return Benchmark.Run("ldvae", () =>
{
    var (rows, machine) = RowOptions.Parse(args, Row.All, row => row.Name);
    var load = Processes.Load;
    var (ours, peer) = Processes.Peaks();
    var report = new Report(ours, peer);
    foreach (var row in rows)
    {
        Console.Error.WriteLine(row.HasPeer ? Compare(row, report) : report.Add(row, Measurement.Of([.. Enumerable.Range(0, Row.Rounds).Select(_ => Sides.Ours(row, Row.Epochs))])));
    }
    return (report.Text(load), machine);
});

static string Compare(Row row, Report report)
{
    var agreement = Sides.Compare(row).Required();
    var (own, other) = (new List<Measurement>(), new List<Measurement>());
    for (var round = 0; round < Row.Rounds; round++)
    {
        own.Add(Sides.Ours(row, Row.Epochs));
        other.Add(Sides.Theirs(row, Row.Epochs));
    }
    return report.Add(row, agreement, Measurement.Of(own), Measurement.Of(other));
}

static Row Find(string name) => RowOptions.Find(name, Row.All, row => row.Name);
