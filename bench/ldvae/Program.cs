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
    var (rows, machine) = Options();
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

static Row Find(string name) => Array.Find(Row.All, row => row.Name == name)
    ?? throw new ArgumentException($"There is no row '{name}'; expected some of {string.Join(", ", Row.All.Select(row => row.Name))}.");

(Row[] Rows, string? Machine) Options()
{
    var (rows, machine) = (Row.All, (string?)null);
    for (var i = 0; i < args.Length; i += 2)
    {
        var value = i + 1 < args.Length ? args[i + 1] : "";
        switch (args[i])
        {
            case "--rows" when value.Length > 0: rows = Array.ConvertAll(value.Split(','), Find); break;
            case "--record" when value.Length > 0: machine = value; break;
            default: throw new ArgumentException($"'{args[i]} {value}' was found; expected [--rows NAME,...] [--record MACHINE].");
        }
    }
    return (rows, machine);
}
