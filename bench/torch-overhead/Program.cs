using System.Diagnostics;
using System.Globalization;
using ScFm.Bench.TorchOverhead;
using ScFm.Torch.Extras;
using TorchSharp;
using static TorchSharp.torch;

// Spinning OpenMP threads would measure each other; both sides wait without spinning. The variable is read when
// libgomp loads, hence the program starts itself again with it.
if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") != "passive")
{
    var again = new ProcessStartInfo(Environment.ProcessPath!);
    if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") again.ArgumentList.Add(typeof(Layer).Assembly.Location);
    foreach (var argument in args) again.ArgumentList.Add(argument);
    again.Environment["OMP_WAIT_POLICY"] = "passive";
    again.Environment.Remove("OPENBLAS_CORETYPE");
    again.Environment.Remove("OPENBLAS_L2_SIZE");
    using var child = Process.Start(again)!;
    child.WaitForExit();
    return child.ExitCode;
}

var python = args.Length > 0 ? args[0] : "/usr/bin/python3";
var peer = Peer.Run(python);
var ours = Ours.Run();

Console.WriteLine($"libtorch {Native.LibtorchVersion}, {get_num_threads()} threads, {Environment.ProcessorCount} cores, .NET {Environment.Version}, {DateTime.UtcNow:yyyy-MM-dd}");
Console.WriteLine($"{"operation",-44}{"ours (us)",12}{"Python (us)",13}{"ratio",8}");
foreach (var (name, text) in Ours.Names)
{
    var theirs = peer.TryGetValue(name, out var value) ? value : double.NaN;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text,-44}{ours[name],12:F2}{theirs,13:F2}{ours[name] / theirs,8:F2}"));
}

return 0;
