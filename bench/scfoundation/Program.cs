// Seconds and memory of scFoundation here and in plain PyTorch: embedding, expression and training step, in one run on one machine.
// usage: ./scfm bench scfoundation [--rows NAME,...] [--repeat N] [--record MACHINE]
using System.Globalization;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--child", .. var work])
{
    torch.set_num_threads(Processes.Threads);
    return work switch
    {
        ["row", var name, var runs] => Processes.Answer(Measured(Find(name), int.Parse(runs))),
        ["peak"] => Processes.Answer(Peaks.Measure()),
        ["agreement", var file] => Processes.Answer(Agreement.Compare(file)),
        _ => throw new ArgumentException($"--child: '{string.Join(' ', work)}' was found; expected row NAME RUNS, peak or agreement FILE."),
    };
}

return Benchmark.Run("scfoundation", () =>
{
    var (rows, repeat, machine) = Options();
    var load = Processes.Load;
    var (ours, peer) = Processes.Peaks();
    var report = new Report(ours, peer, Sides.Compare().Required());
    foreach (var row in rows)
    {
        Console.Error.WriteLine(row.Obstacle is { } reason ? report.LeaveOut(row, reason) : Measure(row, repeat, report));
    }
    return (report.Text(load), machine);
});

static string Measure(Row row, int? repeat, Report report)
{
    var (own, other) = (new List<Measurement>(), new List<Measurement>());
    for (var round = 0; round < row.Rounds; round++)
    {
        own.Add(Sides.Ours(row, repeat ?? row.Repeat));
        other.Add(Sides.Theirs(row, repeat ?? row.Repeat));
    }
    return report.Add(row, Measurement.Of(own), Measurement.Of(other));
}

static Measurement Measured(Row row, int repeat) => new(new Ours(row.Config, row.Work, row.Expressed, row.Precision).Seconds(repeat), Processes.PeakMemory());

static Row Find(string name) => RowOptions.Find(name, Row.All, row => row.Name);

(Row[] Rows, int? Repeat, string? Machine) Options()
{
    var (rows, repeat, machine) = (Row.All, (int?)null, (string?)null);
    for (var i = 0; i < args.Length; i += 2)
    {
        var value = i + 1 < args.Length ? args[i + 1] : "";
        switch (args[i])
        {
            case "--rows" when value.Length > 0: rows = Array.ConvertAll(value.Split(','), Find); break;
            case "--repeat" when int.TryParse(value, out var runs) && runs > 0: repeat = runs; break;
            case "--record" when value.Length > 0: machine = value; break;
            default: throw new ArgumentException($"'{args[i]} {value}' was found; expected [--rows NAME,...] [--repeat N, 1 or more] [--record MACHINE].");
        }
    }
    return (rows, repeat, machine);
}
