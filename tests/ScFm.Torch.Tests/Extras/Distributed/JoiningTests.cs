using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ScFm.Torch.Extras.Distributed;

namespace ScFm.Torch.Tests.Extras.Distributed;

/// <summary>What stands in the way of ranks that want to meet, and of those that have met.</summary>
public sealed class JoiningTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_rank_that_never_arrives_is_named_by_all_that_did()
    {
        if (RankProcesses.Own() is { } own)
        {
            var timeout = TimeSpan.FromSeconds(5);
            var error = Assert.Throws<TimeoutException>(() => ProcessGroup.Join(new Rendezvous(own.Rank, own.Size, "127.0.0.1", own.Port, timeout), CPU));
            Assert.Equal($"Rank 1 of 3 did not arrive at 127.0.0.1:{own.Port} within 5 s.", error.Message);
            return;
        }
        CollectiveTests.Require();
        using var ranks = RankProcesses.Start(3, GetType(), except: 1);
        ranks.Wait(Limit);
    }

    [Fact]
    public void Without_rank_0_the_others_say_so()
    {
        CollectiveTests.Require();
        var port = RankProcesses.FreePort();
        var error = Assert.Throws<TimeoutException>(() => Join(1, 2, port, TimeSpan.FromSeconds(0.5)));
        Assert.StartsWith($"Rank 0 did not arrive at 127.0.0.1:{port} within 0.5 s: ", error.Message);
    }

    [Fact]
    public void A_port_in_use_is_named()
    {
        CollectiveTests.Require();
        using var other = new TcpListener(IPAddress.IPv6Any, 0);
        other.Server.DualMode = true;
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var error = Assert.Throws<IOException>(() => Join(0, 2, port, TimeSpan.FromSeconds(5)));
        Assert.StartsWith($"Rank 0 cannot listen on 127.0.0.1:{port}, which may be in use; expected a free port of this machine: ", error.Message);
        Assert.Contains("Address already in use", error.Message);
    }

    [Fact]
    public void A_listener_that_never_answers_is_not_waited_for_beyond_the_timeout()
    {
        CollectiveTests.Require();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var watch = Stopwatch.StartNew();
        var error = Assert.Throws<IOException>(() => Join(1, 2, ((IPEndPoint)silent.LocalEndpoint).Port, TimeSpan.FromSeconds(1)));
        Assert.Contains("is no store of rank 0's", error.Message);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.5, 20);
    }

    [Fact]
    public async Task Two_processes_of_one_rank_are_refused()
    {
        CollectiveTests.Require();
        var port = RankProcesses.FreePort();
        var first = Task.Run(() => Record.Exception(() => Join(0, 3, port, TimeSpan.FromSeconds(6))));
        var second = Task.Run(() => Record.Exception(() => Join(1, 3, port, TimeSpan.FromSeconds(6))));
        await Task.Delay(TimeSpan.FromSeconds(1));
        var error = Assert.Throws<InvalidOperationException>(() => Join(1, 3, port, TimeSpan.FromSeconds(3)));
        Assert.Equal($"Rank 1 arrived twice at 127.0.0.1:{port}; expected each of 3 ranks once.", error.Message);
        Assert.Equal($"Rank 2 of 3 did not arrive at 127.0.0.1:{port} within 6 s.", Assert.IsType<TimeoutException>(await first).Message);
        Assert.IsType<TimeoutException>(await second);
    }

    [Fact]
    public async Task Ranks_that_count_differently_are_refused()
    {
        CollectiveTests.Require();
        var port = RankProcesses.FreePort();
        var first = Task.Run(() => Record.Exception(() => Join(0, 3, port, TimeSpan.FromSeconds(4))));
        var error = Assert.Throws<InvalidOperationException>(() => Join(1, 2, port, TimeSpan.FromSeconds(4)));
        Assert.Equal("Rank 1 counts 2 ranks, but rank 0 counts 3; expected the same number everywhere.", error.Message);
        Assert.IsType<TimeoutException>(await first);
    }

    [Fact]
    public void A_killed_rank_ends_the_collectives_of_the_others_and_leaving_the_group_does_not_hang()
    {
        if (RankProcesses.Own() is { } own)
        {
            using var ranks = Join(own.Rank, own.Size, own.Port, TimeSpan.FromSeconds(10));
            using var sum = ones(100_000);
            ranks.AllReduce(sum).Wait();
            ranks.Barrier();
            if (own.Rank == 2) Process.GetCurrentProcess().Kill(); // SIGKILL: the sockets are closed by the kernel alone
            var watch = Stopwatch.StartNew();
            var many = Enumerable.Range(0, 10).Select(_ => ranks.AllReduce(sum)).ToArray();
            var error = Assert.Throws<RankLostException>(() => many[^1].Wait());
            Assert.StartsWith("Summing [100000] over 4 ranks failed, because another rank ended or did not take part in time: ", error.Message);
            Assert.Throws<RankLostException>(ranks.Barrier);
            ranks.Dispose();
            Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
            return;
        }
        CollectiveTests.Require();
        using var processes = RankProcesses.Start(4, GetType());
        Assert.True(processes.WaitFor(2, Limit));
        Assert.Equal(128 + 9, processes[2].ExitCode);
        foreach (var rank in new[] { 0, 1, 3 })
        {
            Assert.True(processes.WaitFor(rank, Limit));
            Assert.True(processes[rank].ExitCode == 0, processes.OutputOf(rank));
        }
    }

    [Fact]
    public void A_rank_that_stands_still_is_given_up_after_the_timeout()
    {
        if (RankProcesses.Own() is { } own)
        {
            using var ranks = Join(own.Rank, own.Size, own.Port, TimeSpan.FromSeconds(4));
            if (own.Rank == 1)
            {
                Thread.Sleep(TimeSpan.FromSeconds(12));
                return;
            }
            using var sum = ones(10);
            var watch = Stopwatch.StartNew();
            Assert.Throws<RankLostException>(() => ranks.AllReduce(sum).Wait());
            Assert.InRange(watch.Elapsed.TotalSeconds, 3, 10);
            ranks.Dispose();
            Assert.InRange(watch.Elapsed.TotalSeconds, 3, 11);
            return;
        }
        CollectiveTests.Require();
        using var processes = RankProcesses.Start(2, GetType());
        processes.Wait(Limit);
    }

    private static ProcessGroup Join(int rank, int size, int port, TimeSpan timeout) => ProcessGroup.Join(new Rendezvous(rank, size, "127.0.0.1", port, timeout), CPU);
}
