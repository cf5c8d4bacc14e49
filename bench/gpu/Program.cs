// Speed of scFoundation and LDVAE on a card beside plain PyTorch on the same card; bench/gpu/run starts it on a machine without .NET.
// usage: gpu-bench build FOLDER | doctor | measure [--device cuda|cpu] [--preset NAME] [--genes N] [--most CELLS] [--output FILE]
using System.Globalization;
using ScFm.Model.Devices;
using ScFm.Model.Files;
using static TorchSharp.torch;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--child", var row, .. var arguments])
{
    var setting = Setting.Parse(arguments);
    using var device = ComputeDevice.Use(ComputeDevice.Parse(setting.Device));
    return row switch
    {
        "ground" => Processes.Answer(Measuring.Look(setting)),
        "embed" => Processes.Answer(Measuring.Row(setting, Work.Embed)),
        "train" => Processes.Answer(Measuring.Row(setting, Work.Train)),
        "pretrain" => Processes.Answer(Measuring.Pretrain(setting)),
        "ldvae" => Processes.Answer(Measuring.Ldvae(setting)),
        _ => throw new ArgumentException($"--child: '{row}' was found; expected ground, embed, train, pretrain or ldvae."),
    };
}
switch (args)
{
    case ["build", var folder]:
        Console.WriteLine(Doctor.BuildFor(folder, Console.WriteLine));
        return 0;
    case ["doctor"]:
        Console.WriteLine(Doctor.Examine());
        return 0;
    case ["measure", .. var options]:
        return Measure(options);
    default:
        Console.Error.WriteLine($"'{string.Join(' ', args)}' was found; expected build FOLDER, doctor or measure.");
        return 2;
}

static int Measure(string[] options)
{
    var (setting, output) = Options(options);
    var ground = Processes.Own<Ground>(["ground", .. setting.Arguments]);
    Console.Error.WriteLine($"{ground}");
    var report = new Report(setting, ground);
    foreach (var (work, wanted) in new[] { (Work.Embed, 3.0), (Work.Train, 5.0) })
    {
        var ours = Processes.Own<Speed>([work.ToString().ToLowerInvariant(), .. setting.Arguments]);
        Console.Error.WriteLine($"{work}, ScFm: {ours}");
        var peer = Peer.Row(setting, work, ours.Cells);
        Console.Error.WriteLine($"{work}, PyTorch: {peer}");
        report.Add(work, ours, peer, wanted);
        Keep();
    }
    report.Add(Processes.Own<Pipeline>(["pretrain", .. setting.Arguments]));
    Keep();
    report.AddLdvae(Processes.Own<double>(["ldvae", .. setting.Arguments]));
    Keep();
    Console.WriteLine(report.Text());
    return 0;

    void Keep() // after each row: what was measured stays where a later one fails
    {
        if (output is not null)
        {
            AtomicFile.WriteText(output, report.Text() + "\n");
        }
    }
}

static (Setting Setting, string? Output) Options(string[] options)
{
    var device = Array.IndexOf(options, "--device") is >= 0 and var place && place + 1 < options.Length ? options[place + 1] : "cuda";
    var (setting, output) = (Setting.For(device), (string?)null);
    for (var i = 0; i < options.Length; i += 2)
    {
        var value = i + 1 < options.Length ? options[i + 1] : "";
        switch (options[i])
        {
            case "--device": break;
            case "--preset" when value.Length > 0: setting = setting with { Preset = value }; break;
            case "--genes" when int.TryParse(value, out var genes) && genes >= 3_000: setting = setting with { Genes = genes }; break;
            case "--most" when int.TryParse(value, out var most) && most > 0: setting = setting with { Most = most }; break;
            case "--output" when value.Length > 0: output = value; break;
            default: throw new ArgumentException($"'{options[i]} {value}' was found; expected [--device cuda|cpu] [--preset NAME] [--genes N, 3000 or more] [--most CELLS] [--output FILE].");
        }
    }
    return (setting, output);
}
