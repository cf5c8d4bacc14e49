using System.Diagnostics;
using ScFm.Model.Launching;

namespace ScFm.Model.Tests.Launching;

/// <summary>Ranks are shell scripts here: how they are started and ended has nothing to do with what they compute.</summary>
public sealed class LocalRanksTests
{
    private static readonly TimeSpan bound = TimeSpan.FromSeconds(60);

    [Fact]
    public void Each_rank_has_the_variables_of_torchrun_and_rank_0_is_heard()
    {
        using var folder = new TemporaryFolder();
        var heard = new List<string>();
        LocalRanks.Run(Shell($"echo rank $RANK; echo $RANK $WORLD_SIZE $LOCAL_RANK $LOCAL_WORLD_SIZE $MASTER_ADDR $OMP_NUM_THREADS $EXTRA > {folder.Path}/$RANK; echo $MASTER_PORT > {folder.Path}/port$RANK"),
            count: 3, heard.Add, new Dictionary<string, string> { ["EXTRA"] = "more" });
        Assert.Equal(["rank 0"], heard);
        var threads = Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 } given ? given : $"{Math.Max(1, Environment.ProcessorCount / 3)}";
        for (var rank = 0; rank < 3; rank++)
        {
            Assert.Equal($"{rank} 3 {rank} 3 127.0.0.1 {threads} more", File.ReadAllText(folder.File($"{rank}")).Trim());
        }
        Assert.Single(Enumerable.Range(0, 3).Select(rank => File.ReadAllText(folder.File($"port{rank}"))).Distinct());
    }

    [Fact]
    public void A_rank_that_fails_ends_the_others_and_is_named_with_its_last_error()
    {
        var watch = Stopwatch.StartNew();
        var error = Assert.Throws<LaunchException>(() => LocalRanks.Run(Shell("[ $RANK = 1 ] || exec sleep 600; echo first >&2; echo 'The disk is full.' >&2; echo '   at Somewhere()' >&2; exit 3"), count: 3));
        Assert.Equal("Rank 1 of 3 ended with exit code 3, so the others were ended: The disk is full.", error.Message);
        Assert.Equal((1, 3, 3), (error.Rank, error.ExitCode, error.Lines.Count));
        Assert.True(watch.Elapsed < bound, $"{watch.Elapsed}");
    }

    [Fact]
    public void Of_ranks_that_lose_each_other_the_one_is_named_that_lost_nobody()
    {
        var error = Assert.Throws<LaunchException>(() => LocalRanks.Run(
            Shell($"if [ $RANK = 1 ]; then sleep 1; echo 'The disk is full.' >&2; exit 1; fi; echo 'Another rank ended.' >&2; exit {LocalRanks.LostAnother}"), count: 3));
        Assert.Equal("Rank 1 of 3 ended with exit code 1, so the others were ended: The disk is full.", error.Message);
        error = Assert.Throws<LaunchException>(() => LocalRanks.Run(Shell($"echo 'Another rank ended.' >&2; sleep $RANK; exit {LocalRanks.LostAnother}"), count: 2));
        Assert.Equal($"Rank 0 of 2 ended with exit code {LocalRanks.LostAnother}, so the others were ended: Another rank ended.", error.Message);
    }

    [Fact]
    public void Ranks_do_their_work_although_what_they_say_cannot_be_shown()
    {
        using var folder = new TemporaryFolder();
        var shown = 0;
        var error = Assert.Throws<NotSupportedException>(() => LocalRanks.Run(
            Shell($"i=0; while [ $i -lt 5000 ]; do echo a line of more than enough letters; i=$((i + 1)); done; echo done > {folder.Path}/$RANK"), count: 2, // more than a pipe holds
            output: _ => throw new NotSupportedException($"{++shown}")));
        Assert.Equal("1", error.Message);
        Assert.True(File.Exists(folder.File("0")) && File.Exists(folder.File("1")));
    }

    [Fact]
    public void A_killed_rank_ends_even_those_that_do_not_want_to_end()
    {
        using var folder = new TemporaryFolder();
        var watch = Stopwatch.StartNew();
        var error = Assert.Throws<LaunchException>(() => LocalRanks.Run(
            Shell($"echo $$ > {folder.Path}/$RANK; trap '' TERM; if [ $RANK = 1 ]; then while [ ! -s {folder.Path}/0 ]; do sleep 0.05; done; kill -9 $$; fi; while true; do sleep 0.1; done"), count: 2));
        Assert.Equal("Rank 1 of 2 was ended by SIGKILL, as a system does that runs out of memory, so the others were ended; it wrote no error.", error.Message);
        Assert.True(watch.Elapsed < bound, $"{watch.Elapsed}");
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(folder.File("0")).Trim()}"));
    }

    [Fact]
    public void Interrupted_ranks_end_by_themselves_with_what_they_have()
    {
        using var folder = new TemporaryFolder();
        using var interruption = new CancellationTokenSource();
        LocalRanks.Run(Shell($"trap 'echo kept > {folder.Path}/$RANK; exit 0' TERM; echo ready; while true; do sleep 0.05; done"), count: 2,
            output: _ => Task.Delay(200).ContinueWith(_ => interruption.Cancel()), cancellation: interruption.Token);
        Assert.True(File.Exists(folder.File("0")) && File.Exists(folder.File("1")));
    }

    [Fact]
    public void Ranks_that_are_interrupted_before_they_have_anything_leave_nothing()
    {
        using var folder = new TemporaryFolder();
        using var interruption = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => LocalRanks.Run(
            Shell($"echo $$ > {folder.Path}/$RANK; [ $RANK = 1 ] || while [ ! -s {folder.Path}/1 ]; do sleep 0.05; done; echo ready; exec sleep 600"), count: 2,
            output: _ => interruption.Cancel(), cancellation: interruption.Token));
        Assert.All([0, 1], rank => Assert.False(Directory.Exists($"/proc/{File.ReadAllText(folder.File($"{rank}")).Trim()}")));
    }

    private static RankProgram Shell(string script) => new("/bin/sh", ["-c", script]);
}
