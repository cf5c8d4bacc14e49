using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace ScFm.Tests;

/// <summary>Runs a test again in several processes, the ranks of a run; they find torchrun's variables and compute with one thread.</summary>
/// <remarks>For facts: a process runs all rows of a theory.</remarks>
internal sealed class RankProcesses : IDisposable
{
    private const string TestVariable = "SCFM_TEST_RANK_OF";

    private readonly (Process Process, StringBuilder Output)[] ranks;

    private RankProcesses((Process, StringBuilder)[] ranks) => this.ranks = ranks;

    /// <summary>The process of a rank.</summary>
    internal Process this[int rank] => ranks[rank].Process;

    /// <summary>In a rank of the test that asks: which it is, of how many, and the port on this machine where they meet. Null in the parent.</summary>
    internal static (int Rank, int Size, int Port)? Own([CallerMemberName] string test = "") =>
        Environment.GetEnvironmentVariable(TestVariable) == test ? (Number("RANK"), Number("WORLD_SIZE"), Number("MASTER_PORT")) : null;

    /// <summary>Starts the ranks of a test.</summary>
    /// <param name="size">How many.</param>
    /// <param name="type">The test's class.</param>
    /// <param name="host">Address of rank 0's machine.</param>
    /// <param name="port">Where they meet; a free port of this machine by default.</param>
    /// <param name="environment">Further variables.</param>
    /// <param name="before">What stands before the command of a rank, such as what brings it into a network of its own.</param>
    /// <param name="test">The test's method.</param>
    internal static RankProcesses Start(
        int size, Type type, string host = "127.0.0.1", int? port = null, (string Name, string Value)[]? environment = null,
        Func<int, string[]>? before = null, [CallerMemberName] string test = "")
    {
        var meeting = port ?? FreePort();
        return new([.. Enumerable.Range(0, size).Select(rank => Start(
            [.. before?.Invoke(rank) ?? [], "dotnet", type.Assembly.Location, "-noColor", "-noLogo", "-method", $"{type.FullName}.{test}"],
            [
                (TestVariable, test), ("RANK", $"{rank}"), ("WORLD_SIZE", $"{size}"), ("LOCAL_RANK", $"{rank}"), ("MASTER_ADDR", host), ("MASTER_PORT", $"{meeting}"),
                ("OMP_NUM_THREADS", "1"), .. environment ?? [],
            ]))]);
    }

    /// <summary>A port of this machine that nobody listens on.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>What a rank has printed.</summary>
    internal string OutputOf(int rank)
    {
        lock (ranks[rank].Output)
        {
            return ranks[rank].Output.ToString();
        }
    }

    /// <summary>Waits for all ranks; one that failed fails the test with all that they printed.</summary>
    internal void Wait(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        for (var rank = 0; rank < ranks.Length; rank++)
        {
            Assert.True(WaitFor(rank, limit - watch.Elapsed), $"Rank {rank} did not end within {limit.TotalSeconds} s.{Everything()}");
            Assert.True(this[rank].ExitCode == 0, $"Rank {rank} ended with {this[rank].ExitCode}.{Everything()}");
        }
    }

    /// <summary>Waits for one rank; false where it still runs.</summary>
    internal bool WaitFor(int rank, TimeSpan limit) => this[rank].WaitForExit(limit < TimeSpan.Zero ? TimeSpan.Zero : limit);

    public void Dispose()
    {
        foreach (var (process, _) in ranks)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
            process.Dispose();
        }
    }

    private static (Process, StringBuilder) Start(string[] command, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var (process, output) = (Process.Start(start)!, new StringBuilder());
        void Keep(object _, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, output);
    }

    private static int Number(string variable) => int.Parse(Environment.GetEnvironmentVariable(variable)!);

    private string Everything() => string.Concat(Enumerable.Range(0, ranks.Length).Select(rank => $"\n--- rank {rank}\n{OutputOf(rank)}"));
}
