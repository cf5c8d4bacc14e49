using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace ScFm.Model.Launching;

/// <summary>One rank as a process of this machine.</summary>
internal sealed class RankProcess : IDisposable
{
    private const int KeptLines = 20;
    private static readonly TimeSpan readingToTheEnd = TimeSpan.FromSeconds(2); // a child of the rank may hold its output open for ever

    private readonly Process process;
    private readonly Queue<string> lines = new();
    private readonly Task reading;

    private RankProcess(int rank, Process process, Action<string>? output)
    {
        (Rank, this.process) = (rank, process);
        reading = Task.WhenAll(Task.Run(() => Read(process.StandardOutput, output ?? (_ => { }))), Task.Run(() => Keep(process.StandardError)));
        Ended = process.WaitForExitAsync();
    }

    /// <summary>Which rank.</summary>
    public int Rank { get; }

    /// <summary>Done when the process has ended.</summary>
    public Task Ended { get; }

    /// <summary>What the reader of its standard output threw first, after which nothing more is given to it; null where nothing.</summary>
    public ExceptionDispatchInfo? OutputFailure { get; private set; }

    /// <summary>When the process ended.</summary>
    public DateTime EndTime => process.ExitTime;

    /// <summary>Starts the process.</summary>
    /// <param name="rank">Which rank.</param>
    /// <param name="program">What it runs.</param>
    /// <param name="variables">What its environment has beside that of this process.</param>
    /// <param name="output">Called with each line of its standard output. Default: nobody.</param>
    public static RankProcess Start(int rank, RankProgram program, IReadOnlyDictionary<string, string> variables, Action<string>? output)
    {
        // Its input is a pipe that ends with this process, however that ends: see LauncherWatch.
        var start = new ProcessStartInfo(program.File, program.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        return new RankProcess(rank, Process.Start(start)!, output);
    }

    /// <summary>Sends a signal, unless the process has ended.</summary>
    public void Send(int signal)
    {
        if (!process.HasExited)
        {
            Signals.Send(process.Id, signal);
        }
    }

    /// <summary>Ends the process: asks it to, and kills it where it has not ended by then.</summary>
    public async Task End(TimeSpan patience)
    {
        Send(Signals.Terminate);
        if (await Task.WhenAny(Ended, Task.Delay(patience)) != Ended)
        {
            process.Kill(entireProcessTree: true);
            await Ended;
        }
    }

    /// <summary>What is wrong with its end; null where it did its work.</summary>
    /// <param name="count">The number of ranks.</param>
    public async Task<LaunchException?> Failure(int count)
    {
        await Ended;
        await Task.WhenAny(reading, Task.Delay(readingToTheEnd));
        if (process.ExitCode == 0)
        {
            return null;
        }
        string[] last;
        lock (lines)
        {
            last = [.. lines];
        }
        // Of an exception that nobody caught the last lines are where it came from, not what it was.
        var line = last.LastOrDefault(line => line.Length > 0 && !char.IsWhiteSpace(line[0]));
        return new LaunchException(Rank, process.ExitCode, last,
            $"Rank {Rank} of {count} {Signals.Describe(process.ExitCode)}, so the others were ended{(line is null ? "; it wrote no error." : $": {line}")}");
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }

    /// <summary>Reads to the end whatever happens to the lines: a rank whose output nobody reads stands still, and the others with it.</summary>
    private async Task Read(StreamReader reader, Action<string> take)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (OutputFailure is null)
            {
                try
                {
                    take(line);
                }
                catch (Exception error)
                {
                    OutputFailure = ExceptionDispatchInfo.Capture(error);
                }
            }
        }
    }

    private async Task Keep(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (lines)
            {
                lines.Enqueue(line);
                if (lines.Count > KeptLines)
                {
                    lines.Dequeue();
                }
            }
        }
    }
}
