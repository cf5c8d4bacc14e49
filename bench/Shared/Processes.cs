using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

/// <summary>Starts the processes of both sides, with the same settings, and reads their answers.</summary>
internal static class Processes
{
    /// <summary>Threads of each side.</summary>
    public const int Threads = 2;

    /// <summary>Python: Debian's, which has the peers' packages, or the one that SCFM_PYTHON names.</summary>
    public static string PythonProgram { get; } = Environment.GetEnvironmentVariable("SCFM_PYTHON") is { Length: > 0 } named ? named : "/usr/bin/python3";

    /// <summary>What is said where a peer does not run.</summary>
    public const string PeersNeed = "The peers need Debian's python3-torch, python3-h5py and python3-anndata.";

    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    /// <summary>The folder of this benchmark.</summary>
    private static string Folder { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));

    /// <summary>bench/results.</summary>
    public static string Results { get; } = Path.Combine(Folder, "..", "results");

    /// <summary>What the machine does besides, at this moment.</summary>
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <summary>The most memory that this process ever held, GiB; the same figure of the system that peers read through getrusage.</summary>
    public static double PeakMemory()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / (1 << 20);
    }

    /// <summary>A peer's file, in SCFM_PEERS or ../shared/peers.</summary>
    /// <exception cref="FileNotFoundException">It is absent.</exception>
    public static string Peer(string name)
    {
        var folder = Environment.GetEnvironmentVariable("SCFM_PEERS") is { Length: > 0 } peers ? peers : Path.Combine(Folder, "..", "..", "..", "shared", "peers");
        var file = Path.GetFullPath(Path.Combine(folder, name));
        return File.Exists(file) ? file : throw new FileNotFoundException($"'{file}' is absent; expected the peer there, or its folder in SCFM_PEERS.");
    }

    /// <summary>A script of this benchmark, or of Shared.</summary>
    public static string Script(string name) => new[] { Folder, Path.Combine(Folder, "..", "Shared") }.Select(folder => Path.Combine(folder, name)).First(File.Exists);

    /// <summary>The peaks of both sides.</summary>
    public static (Peaks Ours, Peaks Peer) Peaks() => (Own<Peaks>("peak"), Python<Peaks>(Script("peak.py"), $"{Threads}"));

    /// <summary>Prints an answer as the process that asked reads it.</summary>
    public static int Answer<T>(T answer)
    {
        Console.WriteLine(JsonSerializer.Serialize(answer, Names));
        return 0;
    }

    /// <summary>The answer of another process of this program.</summary>
    public static T Own<T>(params string[] arguments) => Read<T>(Run(Child[0], [.. Child[1..], .. arguments]));

    /// <summary>The same of a process all of whose threads share one core.</summary>
    public static T OwnOnCore<T>(int core, params string[] arguments) => Read<T>(Run("taskset", ["--cpu-list", $"{core}", .. Child, .. arguments]));

    /// <summary>The answer of a script.</summary>
    public static T Python<T>(params string[] arguments) => Read<T>(RunPython(arguments));

    /// <summary>The output of a script.</summary>
    public static string RunPython(params string[] arguments) => Run(PythonProgram, arguments);

    private static string[] Child { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Environment.ProcessPath!, typeof(Processes).Assembly.Location, "--child"]
        : [Environment.ProcessPath!, "--child"];

    private static T Read<T>(string output) => JsonSerializer.Deserialize<T>(output, Names)!;

    private static string Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment.Remove("OMP_WAIT_POLICY"); // each side waits as it does by default
        start.Environment.Remove("OPENBLAS_CORETYPE"); // these would pin matrix products to a slower kernel
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}; expected 0. {PeersNeed}");
    }
}
