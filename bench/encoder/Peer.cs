using System.Diagnostics;
using System.Globalization;

/// <summary>PyTorch's encoder in a Python process of its own.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;

    public Peer(int threads)
    {
        var script = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "peer.py"));
        process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, $"{threads}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Version = Answer();
    }

    public string Version { get; }

    public void Open(Case of) => Ask($"open {of}");

    public Sample Run(bool backward)
    {
        var numbers = Ask(backward ? "run backward" : "run forward").Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return new(numbers[0], numbers[1], numbers[2]);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private string Ask(string question)
    {
        process.StandardInput.WriteLine(question);
        process.StandardInput.Flush();
        return Answer();
    }

    private string Answer() => process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The Python peer ended; it needs Debian's python3-torch.");
}
