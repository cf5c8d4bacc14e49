using System.Diagnostics;
using ScFm.Torch.Extras.Distributed;

namespace ScFm.Torch.Tests.Extras.Distributed;

/// <summary>Two hosts: network namespaces of this machine, each with a loopback of its own, and a cable between them.</summary>
public sealed class TwoHostsTests
{
    private const int Port = 29_500;

    [Fact]
    public void Ranks_on_two_hosts_find_the_interface_between_them_and_sum()
    {
        if (RankProcesses.Own() is { } own)
        {
            var host = Environment.GetEnvironmentVariable("MASTER_ADDR")!;
            using var group = ProcessGroup.Join(new Rendezvous(own.Rank, own.Size, host, own.Port, TimeSpan.FromSeconds(30)), CPU);
            using var sum = full(1000, own.Rank + 1f);
            group.AllReduce(sum).Wait();
            Assert.Equal(10, sum[999].item<float>());
            group.Barrier();
            return;
        }
        CollectiveTests.Require();
        using var hosts = new TwoHosts();
        using var processes = RankProcesses.Start(4, GetType(), TwoHosts.FirstAddress, Port, before: rank => ["ip", "netns", "exec", hosts.Names[rank / 2]]);
        processes.Wait(TimeSpan.FromMinutes(1));
        Assert.True(hosts.BytesOnTheCable > 3000, "No tensor went over the cable.");
    }

    /// <summary>The two namespaces; the test is skipped where they cannot be made.</summary>
    private sealed class TwoHosts : IDisposable
    {
        public const string FirstAddress = "10.213.77.1";
        private const string SecondAddress = "10.213.77.2";

        public TwoHosts()
        {
            var unique = Environment.ProcessId.ToString("x");
            Names = [$"scfm-{unique}-a", $"scfm-{unique}-b"];
            var ends = new[] { $"sa{unique}", $"sb{unique}" };
            if (Ip("netns", "add", Names[0]) is { } reason) Assert.Skip($"Network namespaces cannot be made here: {reason}");
            try
            {
                Required("netns", "add", Names[1]);
                Required("link", "add", ends[0], "netns", Names[0], "type", "veth", "peer", "name", ends[1], "netns", Names[1]);
                for (var side = 0; side < 2; side++)
                {
                    Required("-n", Names[side], "address", "add", $"{(side == 0 ? FirstAddress : SecondAddress)}/24", "dev", ends[side]);
                    Required("-n", Names[side], "link", "set", ends[side], "up");
                    Required("-n", Names[side], "link", "set", "lo", "up");
                }
            }
            catch
            {
                Dispose();
                throw;
            }
            Cable = ends[0];
        }

        public string[] Names { get; }

        private string Cable { get; } = "";

        /// <summary>What the first host has sent to the second.</summary>
        public long BytesOnTheCable
        {
            get
            {
                var (output, _) = Run("ip", "netns", "exec", Names[0], "cat", $"/sys/class/net/{Cable}/statistics/tx_bytes");
                return long.Parse(output);
            }
        }

        public void Dispose()
        {
            foreach (var name in Names) Ip("netns", "delete", name); // and the cable with them
        }

        private static void Required(params string[] arguments)
        {
            if (Ip(arguments) is { } reason) Assert.Skip($"'ip {string.Join(' ', arguments)}' is not possible here: {reason}");
        }

        /// <summary>Null, or why it failed.</summary>
        private static string? Ip(params string[] arguments)
        {
            try
            {
                return Run("ip", arguments).Error;
            }
            catch (System.ComponentModel.Win32Exception error)
            {
                return $"iproute2 is not installed ({error.Message})";
            }
        }

        private static (string Output, string? Error) Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (output, process.ExitCode == 0 ? null : error.Result.Trim());
        }
    }
}
