using System.Diagnostics;
using System.Text.Json;

/// <summary>Starts the processes of both sides, with the same settings, and reads their answers.</summary>
internal static class Processes
{
    /// <summary>Threads of each side.</summary>
    public const int Threads = 2;

    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    private static string Folder { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));

    /// <summary>bench/results.</summary>
    public static string Results { get; } = Path.Combine(Folder, "..", "results");

    private static string Peer { get; } = Path.GetFullPath(Path.Combine(
        Environment.GetEnvironmentVariable("SCFM_PEERS") is { Length: > 0 } peers ? peers : Path.Combine(Folder, "..", "..", "..", "shared", "peers"),
        "scfoundation_torch.py"));

    /// <exception cref="FileNotFoundException">The peer is absent.</exception>
    public static void RequirePeer()
    {
        if (!File.Exists(Peer))
        {
            throw new FileNotFoundException($"'{Peer}' is absent; expected the peer there, or its folder in SCFM_PEERS.");
        }
    }

    /// <summary>One process of ours for a row.</summary>
    public static Measurement OursOf(Row row, int repeat) => Own<Measurement>("row", row.Name, $"{repeat}");

    /// <summary>One process of the peer's for a row.</summary>
    public static Measurement PeerOf(Row row, int repeat) => Run<Measurement>("/usr/bin/python3",
    [
        Peer, "--preset", row.Preset, "--what", row.Work.ToString().ToLowerInvariant(), "--expressed", string.Join(',', row.Expressed), "--genes", $"{Row.Genes}",
        "--mode", row.PeerPads ? "padded" : "single", "--threads", $"{Threads}", "--repeat", $"{repeat}", .. row.IsBf16 ? new[] { "--bf16" } : [],
    ]);

    /// <summary>The peaks of both sides.</summary>
    public static (MatmulPeak Ours, MatmulPeak Peer) Peaks() =>
        (Own<MatmulPeak>("peak"), Run<MatmulPeak>("/usr/bin/python3", [Path.Combine(Folder, "peak.py"), $"{Threads}"]));

    /// <summary>Whether both sides compute the same.</summary>
    public static Agreement Compare()
    {
        var file = Path.GetTempFileName();
        try
        {
            Wait("/usr/bin/python3", [Path.Combine(Folder, "agreement.py"), Peer, Agreement.Preset, $"{Row.Genes}", file]);
            return Own<Agreement>("agreement", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Prints an answer as the process that asked reads it.</summary>
    public static int Answer<T>(T answer)
    {
        Console.WriteLine(JsonSerializer.Serialize(answer, Names));
        return 0;
    }

    private static T Own<T>(params string[] arguments)
    {
        var host = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [typeof(Processes).Assembly.Location] : [];
        return Run<T>(host, [.. assembly, "--child", .. arguments]);
    }

    private static T Run<T>(string program, string[] arguments) => JsonSerializer.Deserialize<T>(Wait(program, arguments), Names)!;

    private static string Wait(string program, string[] arguments)
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
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}; expected 0. The peer needs Debian's python3-torch.");
    }
}
