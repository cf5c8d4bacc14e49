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
        ["deepcdr", var batch, var graphs] => Processes.Answer(DeepCdrSides.Measure(new DeepCdrRow(int.Parse(batch)), graphs)),
        ["gears"] => Processes.Answer(GearsSides.Measure()),
        ["gears-agreement", var file] => Processes.Answer(GearsAgreement.Compare(file)),
        ["peak"] => Processes.Answer(Peaks.Measure()),
        _ => throw new ArgumentException($"--child: '{string.Join(' ', work)}' was found; expected deepcdr BATCH GRAPHS, gears, gears-agreement FILE or peak."),
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
    return ($"{DeepCdrSides.Report(Path.Combine(folder, "drug_graphs.npz"))}\n\n{GearsSides.Report()}", machine);
});
