using System.Diagnostics;
using System.Globalization;

namespace ScFm.Bench.TorchOverhead;

/// <summary>Runs peer.py and reads its timings.</summary>
internal static class Peer
{
    public static Dictionary<string, double> Run(string python)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "peer.py");
        using var process = Process.Start(new ProcessStartInfo(python, [script]) { RedirectStandardOutput = true })!;
        var timings = new Dictionary<string, double>();
        while (process.StandardOutput.ReadLine() is { } line)
            if (line.Split(' ') is [var name, var time]) timings[name] = double.Parse(time, CultureInfo.InvariantCulture);
        process.WaitForExit();
        return timings;
    }
}
