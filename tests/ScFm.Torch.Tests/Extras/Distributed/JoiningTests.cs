using System.Diagnostics;
using ScFm.Torch.Extras.Distributed;

namespace ScFm.Torch.Tests.Extras.Distributed;

/// <summary>What stands in the way of ranks that want to meet, and of those that have met.</summary>
public sealed class JoiningTests
{
    private const string InterfaceVariable = "GLOO_SOCKET_IFNAME";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_rank_that_never_arrives_is_named_by_all_that_did()
    {
        CollectiveTests.Require();
        var port = RankProcesses.FreePort();
        var came = new[] { 0, 2 }.Select(rank => Task.Run(() => Record.Exception(() => Join(rank, 3, port, TimeSpan.FromSeconds(2)))));
        foreach (var error in await Task.WhenAll(came))
        {
            Assert.Equal($"Rank 1 of 3 did not arrive at 127.0.0.1:{port} within 2 s.", Assert.IsType<TimeoutException>(error).Message);
        }
    }

    [Fact]
    public void Without_rank_0_the_others_say_so()
    {
        CollectiveTests.Require();
        var port = RankProcesses.FreePort();
        var error = Assert.Throws<TimeoutException>(() => Join(1, 2, port, TimeSpan.FromSeconds(0.5)));
        Assert.StartsWith($"Rank 0 did not arrive at 127.0.0.1:{port} within 0.5 s: ", error.Message);
    }

    [Theory]
    [InlineData("lo", null)]
    [InlineData("lo,lo", null)]
    [InlineData("none0", "none0")]
    public void The_environment_names_the_interfaces_of_Gloo(string interfaces, string? missing)
    {
        CollectiveTests.Require();
        Environment.SetEnvironmentVariable(InterfaceVariable, interfaces);
        try
        {
            var error = Record.Exception(() => Join(0, 1, RankProcesses.FreePort(), Limit).Dispose());
            Assert.Equal(missing is null, error is null);
            if (missing is not null)
            {
                Assert.StartsWith("Rank 0 could not connect to the others: ", Assert.IsType<RankLostException>(error).Message);
                Assert.Contains(missing, error.Message);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(InterfaceVariable, null);
        }
    }

    [Fact]
    public async Task Two_processes_of_one_rank_are_refused()
    {
        CollectiveTests.Require();
        var port = RankProcesses.FreePort();
        var first = Task.Run(() => Record.Exception(() => Join(0, 3, port, TimeSpan.FromSeconds(3))));
        var second = Task.Run(() => Record.Exception(() => Join(1, 3, port, TimeSpan.FromSeconds(3))));
        await Task.Delay(TimeSpan.FromSeconds(1));
        var error = Assert.Throws<InvalidOperationException>(() => Join(1, 3, port, TimeSpan.FromSeconds(3)));
        Assert.Equal($"Rank 1 arrived twice at 127.0.0.1:{port}; expected each of 3 ranks once.", error.Message);
        Assert.Equal($"Rank 2 of 3 did not arrive at 127.0.0.1:{port} within 3 s.", Assert.IsType<TimeoutException>(await first).Message);
        Assert.IsType<TimeoutException>(await second);
    }

    [Fact]
    public async Task Ranks_that_count_differently_are_refused()
    {
        CollectiveTests.Require();
        var port = RankProcesses.FreePort();
        var first = Task.Run(() => Record.Exception(() => Join(0, 3, port, TimeSpan.FromSeconds(2))));
        foreach (var size in new[] { 2, 4 })
        {
            var error = Assert.Throws<InvalidOperationException>(() => Join(1, size, port, TimeSpan.FromSeconds(2)));
            Assert.Equal($"Rank 1 counts {size} ranks, but rank 0 counts 3; expected the same number everywhere.", error.Message);
        }
        Assert.IsType<TimeoutException>(await first);
    }

    [Fact]
    public void A_killed_rank_ends_the_collectives_of_the_others_and_leaving_the_group_does_not_hang()
    {
        if (RankProcesses.Own() is { } own)
        {
            using var group = Join(own.Rank, own.Size, own.Port, TimeSpan.FromSeconds(10));
            using var sum = ones(100_000);
            group.AllReduce(sum).Wait();
            group.Barrier();
            if (own.Rank == 2) Process.GetCurrentProcess().Kill(); // SIGKILL: the sockets are closed by the kernel alone
            var watch = Stopwatch.StartNew();
            var many = Enumerable.Range(0, 10).Select(_ => group.AllReduce(sum)).ToArray();
            var error = Assert.Throws<RankLostException>(() => many[^1].Wait());
            Assert.StartsWith("Summing [100000] over 4 ranks failed, because another rank ended or did not take part in time: ", error.Message);
            Assert.Throws<RankLostException>(group.Barrier);
            group.Dispose();
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
            var timeout = TimeSpan.FromSeconds(3);
            using var group = Join(own.Rank, own.Size, own.Port, timeout);
            if (own.Rank == 1) Thread.Sleep(Limit); // and is killed in its sleep
            using var sum = ones(10);
            var watch = Stopwatch.StartNew();
            Assert.Throws<RankLostException>(() => group.AllReduce(sum).Wait());
            group.Dispose();
            Assert.InRange(watch.Elapsed, timeout * 0.9, timeout * 5);
            return;
        }
        CollectiveTests.Require();
        using var processes = RankProcesses.Start(2, GetType());
        Assert.True(processes.WaitFor(0, Limit), "Rank 0 still waits.");
        Assert.True(processes[0].ExitCode == 0, processes.OutputOf(0));
        Assert.False(processes[1].HasExited);
    }

    internal static ProcessGroup Join(int rank, int size, int port, TimeSpan timeout) => ProcessGroup.Join(new Rendezvous(rank, size, "127.0.0.1", port, timeout), CPU);
}
