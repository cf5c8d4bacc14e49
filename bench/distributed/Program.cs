// Efficiency of two ranks on two cores beside one, bytes that they exchange beside the least, and a model of 8 and 64 cards.
// usage: ./scfm bench distributed [--rows NAME,...] [--record MACHINE] [--card GFLOP/s] [--cells N] [--link GB/s] [--network Gbit/s] [--latency µs]
using System.Globalization;
using ScFm.Torch.Extras.Distributed;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--child", .. var work])
{
    return work switch
    {
        ["rank", var preset, var cells, var warming, var steps, var rank, var ranks, var port] =>
            Processes.Answer(Ours.Train(preset, int.Parse(cells), int.Parse(warming), int.Parse(steps), int.Parse(rank), int.Parse(ranks), int.Parse(port))),
        _ => throw new ArgumentException($"--child: '{string.Join(' ', work)}' was found; expected rank PRESET CELLS WARMING STEPS RANK RANKS PORT."),
    };
}

return Benchmark.Run("distributed", () =>
{
    if (ProcessGroup.Obstacle is { } reason)
    {
        throw new InvalidOperationException(reason);
    }
    var settings = Settings.Of(args);
    var report = new Report(settings, Processes.Load);
    foreach (var row in settings.Rows)
    {
        Console.Error.WriteLine(Measure(row, report));
    }
    return (report.Text(Sides.Published()), settings.Machine);
});

static string Measure(Row row, Report report)
{
    var (alone, weak, strong, beside) = (new List<RankMeasurement>(), new List<RankMeasurement>(), new List<RankMeasurement>(), new List<double>());
    for (var round = 0; round < Row.Rounds; round++)
    {
        alone.Add(Sides.Alone(row));
        weak.Add(Sides.Weak(row));
        strong.Add(Sides.Strong(row));
        beside.Add(Sides.Beside(row));
    }
    return report.Add(row, RankMeasurement.Of(alone), RankMeasurement.Of(weak), RankMeasurement.Of(strong), beside.Max());
}
