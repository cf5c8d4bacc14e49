using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ScFm.Kernel.Tests.Support;
using ScFm.Model.Files;
using ScFm.Model.Launching;

namespace ScFm.Kernel.Tests.Commands;

/// <summary>Verbs that several processes of the real program share.</summary>
public sealed class RankTests(RankCells cells) : IClassFixture<RankCells>
{
    private static readonly TimeSpan bound = TimeSpan.FromSeconds(60);

    [Fact]
    public void Two_devices_learn_what_one_learns_and_show_one_progress_line()
    {
        var (oneCode, one) = Scfm.Run(cells.Pretrain("one", "--epochs", "2"));
        var (twoCode, two) = Scfm.Run(cells.Pretrain("two", "--epochs", "2", "--devices", "2"));
        Assert.True((oneCode, twoCode) == (0, 0), one + two);
        Assert.Contains($"Written to {cells.Within("two")}.", two);
        Assert.Single(two.Split('\n'), line => line.Contains("finished", StringComparison.Ordinal));
        Assert.Equal(Losses(one), Losses(two));
        Assert.InRange(Difference("one", "two"), 0, 1e-5);
    }

    [Fact]
    public async Task A_killed_rank_ends_all_and_the_same_command_goes_on_until_it_is_interrupted()
    {
        var checkpoint = cells.Within("run.checkpoint");
        string[] command = cells.Pretrain("long", "--epochs", "100000", "--batch-size", "2", "--learning-rate", "0.000001", "--devices", "2", "--checkpoint", checkpoint); // so slow that it does not stop early
        using (var launcher = Start(command))
        {
            var output = launcher.StandardError.ReadToEndAsync();
            await Until(() => File.Exists(checkpoint), launcher, output);
            var watch = Stopwatch.StartNew();
            Process.GetProcessById(RankOf(launcher.Id, 1)).Kill();
            Assert.True(launcher.WaitForExit(bound), "The others went on for a minute.");
            Assert.Equal(1, launcher.ExitCode);
            Assert.Contains("Rank 1 of 2 was ended by SIGKILL", await output);
            Assert.Contains($"The same command goes on from '{checkpoint}'.", await output);
            Assert.True(watch.Elapsed < bound, $"{watch.Elapsed}");
        }
        var steps = Checkpoints.StepOf(checkpoint);
        using (var launcher = Start(command))
        {
            var output = launcher.StandardError.ReadToEndAsync();
            await Until(() => Checkpoints.StepOf(checkpoint) > steps, launcher, output);
            Assert.Equal(0, Scfm.Command("/bin/kill", new Dictionary<string, string>(), "-INT", $"{launcher.Id}").ExitCode);
            Assert.True(launcher.WaitForExit(bound), "The ranks went on for a minute after Ctrl-C.");
            Assert.Equal(0, launcher.ExitCode);
            Assert.Contains("interrupted: the model keeps what it has learnt so far", await output);
            Assert.True(Directory.Exists(cells.Within("long")));
        }
    }

    [Fact]
    public async Task A_rank_that_is_killed_while_it_reads_its_cells_ends_the_one_that_waits_for_it()
    {
        var pipe = cells.Within("endless.h5ad");
        Assert.Equal(0, Scfm.Command("/usr/bin/mkfifo", new Dictionary<string, string>(), pipe).ExitCode);
        var command = $"cells={cells.Cells}; [ $RANK = 0 ] || cells={pipe}; exec {Scfm.Program} pretrain --cells $cells --vocabulary {cells.Vocabulary} --into {cells.Within("unread")}";
        var run = Task.Run(() => Record.Exception(() => LocalRanks.Run(new RankProgram("/bin/sh", ["-c", command]), count: 2)));
        var reading = Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write)); // opens when rank 1 has joined and begins to read
        Assert.True(await Task.WhenAny(reading, run) == reading, run.IsCompleted ? $"{await run}" : "");
        using var pipeline = await reading;
        var watch = Stopwatch.StartNew();
        Process.GetProcessById(RankOf(Environment.ProcessId, 1)).Kill();
        var error = Assert.IsType<LaunchException>(await run);
        Assert.StartsWith("Rank 1 of 2 was ended by SIGKILL", error.Message);
        Assert.True(watch.Elapsed < bound, $"{watch.Elapsed}");
        Assert.False(Directory.Exists(cells.Within("unread")));
    }

    [Fact]
    public void Ranks_of_other_options_are_refused_with_the_first_difference()
    {
        var error = Assert.Throws<LaunchException>(() => LocalRanks.Run(
            new RankProgram("/bin/sh", ["-c", $"exec {Scfm.Program} {string.Join(' ', cells.Pretrain("refused"))} --learning-rate 0.00$((RANK + 1))"]), count: 2));
        Assert.Contains("TrainingOptions.LearningRate is '0.001' on rank 0 and '0.002' on rank 1; expected the same on all ranks.", error.Message);
        Assert.False(Directory.Exists(cells.Within("refused")));
    }

    [Fact]
    public void A_rank_that_never_arrives_and_a_port_in_use_are_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var environment = new Dictionary<string, string>
        {
            ["RANK"] = "0", ["WORLD_SIZE"] = "2", ["LOCAL_RANK"] = "0", ["MASTER_ADDR"] = "127.0.0.1", ["MASTER_PORT"] = $"{port}", ["SCFM_RANKS_TIMEOUT"] = "2",
        };
        var (code, output) = Scfm.Run(environment, cells.Pretrain("none"));
        Assert.Equal(1, code);
        Assert.Contains($"127.0.0.1:{port}", Assert.Single(output.TrimEnd().Split('\n')));

        listener.Stop();
        (code, output) = Scfm.Run(environment, cells.Pretrain("none"));
        Assert.Equal(1, code);
        Assert.Contains("rank 1", Assert.Single(output.TrimEnd().Split('\n')), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_rank_that_finds_no_cells_ends_the_others_though_no_launcher_does()
    {
        var port = RankProcesses.FreePort();
        Task<(int ExitCode, string Output)> Rank(int rank, string file) => Task.Run(() => Scfm.Run(
            new Dictionary<string, string> { ["RANK"] = $"{rank}", ["WORLD_SIZE"] = "2", ["LOCAL_RANK"] = $"{rank}", ["MASTER_ADDR"] = "127.0.0.1", ["MASTER_PORT"] = $"{port}" },
            "pretrain", "--cells", file, "--vocabulary", cells.Vocabulary, "--into", cells.Within("without")));
        var ranks = await Task.WhenAll(Rank(0, cells.Cells), Rank(1, cells.Within("absent.h5ad"))).WaitAsync(bound);
        Assert.Equal((LocalRanks.LostAnother, 1), (ranks[0].ExitCode, ranks[1].ExitCode));
        Assert.EndsWith("Rank 1 has ended.", ranks[0].Output.TrimEnd());
        Assert.Contains("absent.h5ad", ranks[1].Output);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("two")]
    [InlineData("100000")]
    public void A_number_of_devices_that_is_none_is_refused(string devices)
    {
        var (code, output) = Scfm.Run(cells.Pretrain("none", "--devices", devices));
        Assert.Equal((1, $"--devices is '{devices}'; expected a whole number from 1 to 1024."), (code, output.Trim()));
    }

    [Fact]
    public void Half_of_a_launchers_variables_are_refused()
    {
        var (code, output) = Scfm.Run(new Dictionary<string, string> { ["RANK"] = "0" }, cells.Pretrain("none"));
        Assert.Equal((1, "RANK is set and WORLD_SIZE is not; expected both."), (code, output.Trim()));
    }

    [Fact]
    public void Ranks_that_torchrun_starts_find_each_other_though_it_listens_on_their_port() => ByTorchrun("--master_port", "PORT");

    [Fact]
    public void Ranks_find_each_other_by_torchruns_rendezvous_too()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SCFM_LONG_TESTS") == "1", "A second start of torchrun; set SCFM_LONG_TESTS=1 to run it.");
        ByTorchrun("--rdzv_backend", "c10d", "--rdzv_endpoint", "127.0.0.1:PORT");
    }

    private void ByTorchrun(params string[] meeting)
    {
        const string python = "/usr/bin/python3";
        if (!File.Exists(python) || Scfm.Command(python, new Dictionary<string, string>(), "-c", "import torch.distributed.run").ExitCode != 0)
        {
            Assert.Skip("There is no torchrun: python3 has no torch.distributed.run.");
        }
        // Output goes through files here: where it does not, PyTorch 1.13 stumbles over Python 3.11's flags.
        var port = $"{RankProcesses.FreePort()}";
        var (code, output) = Scfm.Command(python, new Dictionary<string, string>(),
            ["-m", "torch.distributed.run", "--no_python", "--nproc_per_node", "2", .. meeting.Select(word => word.Replace("PORT", port, StringComparison.Ordinal)), "--redirects", "1", "--tee", "1",
                "--log_dir", cells.Within("logs"), Scfm.Program, .. cells.Pretrain($"by torchrun, {meeting.Length}", "--epochs", "1")]);
        Assert.True(code == 0, output);
        Assert.Single(output.Split('\n'), line => line.Contains("]:Written to ", StringComparison.Ordinal));
    }

    private static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo(Scfm.Program, arguments) { RedirectStandardError = true })!;

    private static async Task Until(Func<bool> fact, Process launcher, Task<string> output)
    {
        var watch = Stopwatch.StartNew();
        while (!fact())
        {
            Assert.False(launcher.HasExited, launcher.HasExited ? await output : "");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(3), "There was no checkpoint in three minutes.");
            await Task.Delay(20);
        }
    }

    /// <summary>The process of a rank: the child of the launcher whose environment says so.</summary>
    private static int RankOf(int launcher, int rank) =>
        Directory.GetDirectories($"/proc/{launcher}/task")
            .SelectMany(thread => File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse)
            .First(child => File.ReadAllText($"/proc/{child}/environ").Split('\0').Contains($"RANK={rank}"));

    /// <summary>The lines of the table of losses.</summary>
    private static string[] Losses(string output) => [.. output.Split('\n').Where(line => line.StartsWith("model ", StringComparison.Ordinal) || line.StartsWith("gene mean ", StringComparison.Ordinal))];

    private double Difference(string one, string other)
    {
        var (first, second) = (Weights(one), Weights(other));
        Assert.Equal(first.Keys.Order(), second.Keys.Order());
        return first.Max(weight => (weight.Value.to_type(TorchSharp.torch.float32) - second[weight.Key].to_type(TorchSharp.torch.float32)).abs().max().item<float>());
    }

    private Dictionary<string, TorchSharp.torch.Tensor> Weights(string model) => Safetensors.Read(Assert.Single(Directory.GetFiles(cells.Within(model), "*.safetensors"))).Tensors;
}
