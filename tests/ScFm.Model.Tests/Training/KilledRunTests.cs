using System.Diagnostics;

namespace ScFm.Model.Tests.Training;

/// <summary>What a process leaves that dies while it trains.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class KilledRunTests
{
    private const string CheckpointVariable = "SCFM_TEST_CHILD_CHECKPOINT";

    private static SmallRun Small => new() { Dropout = 0.1, Options = new SmallRun().Options with { Epochs = 20, CheckpointEvery = 1 } };

    [Fact]
    public void A_process_killed_while_it_trains_leaves_a_whole_checkpoint_and_the_resumed_run_ends_with_the_same_bits()
    {
        if (Environment.GetEnvironmentVariable(CheckpointVariable) is { } own)
        {
            Small.Train(own); // this is the child; it is killed somewhere in here
            return;
        }
        using var folder = new TemporaryFolder();
        var checkpoint = folder.File("run.safetensors");
        var previous = 0;
        var random = new Random(1);
        for (var life = 0; life < 3; life++)
        {
            Kill(checkpoint, previous, TimeSpan.FromMilliseconds(random.Next(40)));
            previous = Checkpoints.StepOf(checkpoint);
        }
        Assert.InRange(previous, 3, 20 * 9 - 1);

        var (expected, expectedBits) = Small.Train();
        var (resumed, bits) = Small.Train(checkpoint);
        Assert.Equal(expected.Losses, resumed.Losses);
        Assert.All(expectedBits, b => Assert.Equal(b.Value, bits[b.Key]));
    }

    /// <summary>Starts a training process and kills it (SIGKILL) some time after it has got further than before.</summary>
    private static void Kill(string checkpoint, int previous, TimeSpan after)
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(KilledRunTests).Assembly.Location, "-method", $"{typeof(KilledRunTests).FullName}.{nameof(A_process_killed_while_it_trains_leaves_a_whole_checkpoint_and_the_resumed_run_ends_with_the_same_bits)}"])
        { RedirectStandardOutput = true };
        start.Environment[CheckpointVariable] = checkpoint;
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        while (!File.Exists(checkpoint) || Checkpoints.StepOf(checkpoint) <= previous)
        {
            Assert.False(child.HasExited, $"The child ended by itself: {(child.HasExited ? output.Result : "")}");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "The child made no step in two minutes.");
            Thread.Sleep(5);
        }
        Thread.Sleep(after);
        Assert.False(child.HasExited, "The child was done before it could be killed.");
        child.Kill();
        child.WaitForExit();
        Assert.Equal(128 + 9, child.ExitCode);
    }
}
