using System.Diagnostics;
using System.Text.Json;

/// <summary>Starts the processes of both sides and reads their answers.</summary>
internal static class Processes
{
    private const string Python = "/usr/bin/python3";

    private static readonly JsonSerializerOptions names = new(JsonSerializerDefaults.Web);

    private static string Folder { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));

    /// <summary>bench/results.</summary>
    public static string Results { get; } = Path.Combine(Folder, "..", "results");

    /// <summary>A process of ours.</summary>
    public static Measurement Own(params string[] arguments) => Parsed(Wait(OwnStart(arguments)));

    /// <summary>A process of a peer's.</summary>
    public static Measurement Peer(params string[] arguments) => Parsed(Wait(PythonStart("peer.py", arguments)));

    /// <summary>Takes the files of a folder, or a file, out of the page cache.</summary>
    public static void Evict(string path) => Wait(PythonStart("evict.py", path));

    /// <summary>Writes an .h5ad file of the simulated cells, made here and written by h5py.</summary>
    public static void MakeH5ad(int cells, string file)
    {
        const int Block = 2000;
        using var ours = Process.Start(OwnStart("stream", $"{cells}", $"{Block}"))!;
        var start = PythonStart("make_h5ad.py", file, $"{cells}", $"{SimulatedCells.Expressed}", $"{new SimulatedCells(1).VarNames.Length}", $"{Block}");
        start.RedirectStandardInput = true;
        using var python = Process.Start(start)!;
        ours.StandardOutput.BaseStream.CopyTo(python.StandardInput.BaseStream);
        python.StandardInput.Close();
        ours.WaitForExit();
        python.WaitForExit();
        Require(python, "make_h5ad.py");
    }

    /// <summary>Prints an answer as the process that asked reads it.</summary>
    public static int Answer(Measurement answer)
    {
        Console.WriteLine(JsonSerializer.Serialize(answer, names));
        return 0;
    }

    private static ProcessStartInfo OwnStart(params string[] arguments)
    {
        var host = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [typeof(Processes).Assembly.Location] : [];
        return new ProcessStartInfo(host, [.. assembly, "--child", .. arguments]) { RedirectStandardOutput = true };
    }

    private static ProcessStartInfo PythonStart(string script, params string[] arguments) =>
        new(Python, [Path.Combine(Folder, script), .. arguments]) { RedirectStandardOutput = true };

    private static Measurement Parsed(string answer) => JsonSerializer.Deserialize<Measurement>(answer, names)!;

    private static string Wait(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Require(process, string.Join(' ', start.ArgumentList));
        return output;
    }

    private static void Require(Process process, string what)
    {
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{what}' ended with {process.ExitCode}; expected 0. The peers need Debian's python3-h5py and python3-anndata.");
        }
    }
}
