using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ScFm.Model.Launching;

/// <summary>Starts the ranks of a program on this machine and stays with them: when one dies, all end.</summary>
/// <example><code>
/// LocalRanks.Run(RankProgram.This("pretrain", "--cells", "cells.h5ad"), count: 2); // twice this program, with torchrun's variables
/// </code></example>
public static class LocalRanks
{
    /// <summary>Set for ranks that are started here: their standard input ends with the program that started them, and so shall they.</summary>
    public const string LaunchedVariable = "SCFM_LAUNCHED";

    /// <summary>The exit code of a rank that ends because it lost another: that other one is named as the rank that failed, where it tells why.</summary>
    public const int LostAnother = 75; // "a temporary failure" (sysexits.h), which no shell and no signal gives

    /// <summary>Where ranks of one machine meet.</summary>
    internal const string Loopback = "127.0.0.1";

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10); // between asking a rank to end and ending it

    /// <summary>Runs a program as ranks 0 to count - 1, and returns when all have done their work.</summary>
    /// <remarks>
    /// Each has torchrun's variables, and its share of the cores as OMP_NUM_THREADS and DOTNET_PROCESSOR_COUNT where these are not set.
    /// A rank that ends with an error ends the others: they are asked to (SIGTERM), and killed after ten seconds. Where it ends because it lost another
    /// (<see cref="LostAnother"/>), that other one has ten seconds more to tell why.
    /// </remarks>
    /// <param name="program">The program; it finds its rank by <see cref="RankEnvironment.Read()"/>.</param>
    /// <param name="count">The number of ranks, 1 or more.</param>
    /// <param name="output">Called with each line of rank 0's standard output, on other threads, one at a time; what it throws is thrown when the ranks have done their work. Default: nobody.</param>
    /// <param name="variables">What the ranks' environment has beside this process's. Default: nothing.</param>
    /// <param name="cancellation">Asks all ranks to end (SIGTERM) and waits for them, however long: one that ends without an error then has done what it was asked to.</param>
    /// <exception cref="LaunchException">A rank ended with an error, or by a signal.</exception>
    /// <exception cref="OperationCanceledException">The ranks were interrupted before they had a result.</exception>
    public static void Run(
        RankProgram program, int count, Action<string>? output = null, IReadOnlyDictionary<string, string>? variables = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var port = FreePort();
        var ranks = new List<RankProcess>(count);
        try
        {
            for (var rank = 0; rank < count; rank++)
            {
                var own = Variables(rank, count, port).Concat(variables ?? new Dictionary<string, string>()).ToDictionary();
                ranks.Add(RankProcess.Start(rank, program, own, rank == 0 ? output : null));
            }
            using var interruption = cancellation.Register(() => ranks.ForEach(rank => rank.Send(Signals.Terminate)));
            Task.Run(() => Watch(ranks, cancellation), CancellationToken.None).GetAwaiter().GetResult();
        }
        finally
        {
            ranks.ForEach(rank => rank.Dispose());
        }
    }

    /// <summary>A port of this machine that nobody holds just now, for ranks to meet at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task Watch(IReadOnlyList<RankProcess> ranks, CancellationToken cancellation)
    {
        var running = ranks.ToList();
        LaunchException? failure = null;
        var isTold = Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
        while (running.Count > 0 && failure is null or { ExitCode: LostAnother })
        {
            await Task.WhenAny([.. running.Select(rank => rank.Ended), isTold]);
            if (running.Where(rank => rank.Ended.IsCompleted).MinBy(rank => rank.EndTime) is not { } ended) // the death of one is soon the others'
            {
                break;
            }
            running.Remove(ended);
            if (await ended.Failure(ranks.Count) is not { } next)
            {
                continue;
            }
            if (failure is null)
            {
                isTold = Task.Delay(patience, CancellationToken.None);
            }
            if (failure is null || next.ExitCode != LostAnother)
            {
                failure = next;
            }
        }
        if (failure is not null)
        {
            await Task.WhenAll(running.Select(rank => rank.End(patience)));
            throw cancellation.IsCancellationRequested ? new OperationCanceledException(failure.Message, failure, cancellation) : failure;
        }
        ranks[0].OutputFailure?.Throw();
    }

    private static Dictionary<string, string> Variables(int rank, int count, int port)
    {
        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var variables = new Dictionary<string, string>
        {
            [Torchrun.Rank] = Text(rank),
            [Torchrun.WorldSize] = Text(count),
            [Torchrun.LocalRank] = Text(rank),
            [Torchrun.LocalWorldSize] = Text(count),
            [Torchrun.Host] = Loopback,
            [Torchrun.Port] = Text(port),
            [LaunchedVariable] = "1",
        };
        foreach (var threads in (string[])["OMP_NUM_THREADS", "DOTNET_PROCESSOR_COUNT"])
        {
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(threads)))
            {
                variables[threads] = Text(Math.Max(1, Environment.ProcessorCount / count));
            }
        }
        return variables;
    }
}
