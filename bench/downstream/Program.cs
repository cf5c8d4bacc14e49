// Seconds of training epochs of DeepCDR and GEARS here and in plain PyTorch, in one run on one machine.
// usage: ./scfm bench downstream FOLDER_OF_DEEPCDR|gears [--record MACHINE]
using System.Globalization;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--child", .. var work])
{
    torch.set_num_threads(Processes.Threads);
    return work switch
    {
        ["row", var batch, var graphs] => Processes.Answer(Ours.Measure(new Row(int.Parse(batch)), graphs)),
        ["gears"] => Processes.Answer(GearsSides.Measure()),
        ["gears-agreement", var file] => Processes.Answer(GearsAgreement.Compare(file)),
        ["peak"] => Processes.Answer(Peaks.Measure()),
        _ => throw new ArgumentException($"--child: '{string.Join(' ', work)}' was found; expected row BATCH GRAPHS, gears, gears-agreement FILE or peak."),
    };
}

return Benchmark.Run("downstream", () =>
{
    var (folder, machine) = args switch
    {
        [var only] => (only, null),
        [var first, "--record", var name] => (first, name),
        _ => throw new ArgumentException($"'{string.Join(' ', args)}' was found; expected FOLDER_OF_DEEPCDR or gears, and [--record MACHINE]."),
    };
    if (folder == "gears")
    {
        return (GearsSides.Report(), machine);
    }
    var graphs = Path.Combine(folder, "drug_graphs.npz");
    var load = Processes.Load;
    var (ours, peer) = Processes.Peaks();
    var report = new Report(ours, peer);
    foreach (var row in Row.All)
    {
        var (own, other) = (new List<Measurement>(), new List<Measurement>());
        for (var round = 0; round < Row.Rounds; round++)
        {
            own.Add(Processes.Own<Measurement>("row", $"{row.BatchSize}", graphs));
            other.Add(Processes.Python<Measurement>(
                Processes.Script(Path.Combine("peer", "deepcdr.py")), graphs, $"{Row.Pairs}", $"{row.BatchSize}", $"{row.Steps}", $"{Row.WarmUp}", $"{Processes.Threads}"));
        }
        Console.Error.WriteLine(report.Add(row, row.Epoch(Measurement.Of(own)), row.Epoch(Measurement.Of(other))));
    }
    return ($"{report.Text(load)}\n\n{GearsSides.Report()}", machine);
});
