using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ScFm.Torch.Tests.Extras.Distributed;

/// <summary>What else may be at the port where ranks want to meet: others that listen, machines that do not answer, and who connects too early.</summary>
public sealed class JoiningPortTests
{
    [Fact]
    public async Task A_machine_that_drops_what_it_is_sent_is_not_waited_for_beyond_the_timeout()
    {
        CollectiveTests.Require();
        using var full = new TcpListener(IPAddress.Loopback, 0);
        full.Start(1); // it accepts nobody: once two wait, the system drops what further ones send
        var port = ((IPEndPoint)full.LocalEndpoint).Port;
        using var first = new TcpClient();
        using var second = new TcpClient();
        await first.ConnectAsync(IPAddress.Loopback, port);
        await second.ConnectAsync(IPAddress.Loopback, port);
        var watch = Stopwatch.StartNew();
        var error = Assert.Throws<TimeoutException>(() => JoiningTests.Join(1, 2, port, TimeSpan.FromSeconds(1)));
        Assert.Equal($"Rank 0 did not arrive at 127.0.0.1:{port} within 1 s: that machine does not answer", error.Message);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 20);
    }

    [Fact]
    public void A_port_in_use_is_named()
    {
        CollectiveTests.Require();
        using var other = new TcpListener(IPAddress.IPv6Any, 0);
        other.Server.DualMode = true;
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var error = Assert.Throws<IOException>(() => JoiningTests.Join(0, 2, port, TimeSpan.FromSeconds(5)));
        Assert.Equal($"Rank 0 cannot listen on 127.0.0.1:{port}: Address already in use; expected a free port.", error.Message);
    }

    [Fact]
    public async Task Who_connects_as_soon_as_rank_0_listens_is_not_cut_off()
    {
        CollectiveTests.Require();
        for (var time = 0; time < 4; time++)
        {
            var port = RankProcesses.FreePort();
            var serving = Task.Run(() => Record.Exception(() => JoiningTests.Join(0, 2, port, TimeSpan.FromSeconds(1)))); // libtorch counts in whole seconds
            using var early = ConnectedAtOnce(port);
            Assert.False(early.Poll(TimeSpan.FromSeconds(0.2), SelectMode.SelectRead), "The connection was closed."); // the store says nothing unasked
            Assert.IsType<TimeoutException>(await serving);
        }

        static Socket ConnectedAtOnce(int port)
        {
            while (true)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    socket.Connect(IPAddress.Loopback, port);
                    return socket;
                }
                catch (SocketException)
                {
                    socket.Dispose(); // nobody listens yet
                }
            }
        }
    }

    [Fact]
    public void A_listener_that_never_answers_is_not_waited_for_beyond_the_timeout()
    {
        CollectiveTests.Require();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var (port, watch) = (((IPEndPoint)silent.LocalEndpoint).Port, Stopwatch.StartNew());
        var error = Assert.Throws<IOException>(() => JoiningTests.Join(1, 2, port, TimeSpan.FromSeconds(1)));
        Assert.StartsWith($"The store of rank 0 at 127.0.0.1:{port} could not be reached: ", error.Message);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.5, 20);
    }
}
