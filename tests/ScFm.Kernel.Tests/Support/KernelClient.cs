using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Tests.Support;

/// <summary>A front end of the tests: starts the real kernel as a process and speaks to it over ZeroMQ.</summary>
public sealed class KernelClient : IDisposable
{
    private const string Key = "a0436f6c-1916-498b-8eb9-e81ab9368e84";

    private readonly TemporaryFolder folder = new();
    private readonly ZmqContext context = new();
    private readonly ZmqSocket shell;
    private readonly ZmqSocket control;
    private readonly ZmqSocket ioPub;
    private readonly ZmqSocket heartbeat;
    private readonly WireFormat wire = new(new MessageSigner(Key));
    private readonly string session = Guid.NewGuid().ToString("N");

    public KernelClient() : this(new Dictionary<string, string>()) { }

    internal KernelClient(IReadOnlyDictionary<string, string> environment)
    {
        var ports = FreePorts(5);
        var file = folder.File("connection.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            transport = "tcp",
            ip = "127.0.0.1",
            shell_port = ports[0],
            iopub_port = ports[1],
            stdin_port = ports[2],
            control_port = ports[3],
            hb_port = ports[4],
            key = Key,
            signature_scheme = "hmac-sha256",
        }));
        var start = new ProcessStartInfo(Scfm.Program, ["kernel", "start", "--connection-file", file]) { RedirectStandardError = true };
        foreach ((var name, var value) in environment)
        {
            start.Environment[name] = value;
        }

        Process = Process.Start(start)!;
        Process.ErrorDataReceived += (_, line) => Log += line.Data + "\n";
        Process.BeginErrorReadLine();
        shell = Connect(ZmqSocketType.Dealer, ports[0]);
        control = Connect(ZmqSocketType.Dealer, ports[3]);
        ioPub = Connect(ZmqSocketType.Subscribe, ports[1]);
        ioPub.Subscribe("");
        heartbeat = Connect(ZmqSocketType.Dealer, ports[4]);
        WaitUntilReady();
    }

    internal Process Process { get; }

    /// <summary>How long an answer may take. Default: 30 seconds.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What the kernel wrote on its own standard error.</summary>
    internal string Log { get; private set; } = "";

    /// <summary>Sends a request on the shell and waits for its reply and for idle.</summary>
    internal Exchange Ask(string type, JsonObject content)
    {
        var header = Send(type, content);
        return Await(header);
    }

    /// <summary>Runs a cell.</summary>
    internal Exchange Execute(string code, bool silent = false, bool storeHistory = true) => Ask("execute_request", ExecuteContent(code, silent, storeHistory));

    internal static JsonObject ExecuteContent(string code, bool silent = false, bool storeHistory = true, bool stopOnError = true, JsonObject? expressions = null) => new()
    {
        ["code"] = code,
        ["silent"] = silent,
        ["store_history"] = storeHistory,
        ["user_expressions"] = expressions ?? [],
        ["allow_stdin"] = false,
        ["stop_on_error"] = stopOnError,
    };

    /// <summary>Sends a request on the shell without waiting.</summary>
    /// <returns>The header, by which <see cref="Await"/> knows the answers.</returns>
    internal JsonObject Send(string type, JsonObject content)
    {
        var header = JupyterMessage.NewHeader(type, session);
        shell.Send(wire.Encode(new JupyterMessage { Header = header, Content = content }));
        return header;
    }

    /// <summary>Sends frames as they are.</summary>
    internal void SendRaw(IReadOnlyList<byte[]> frames) => shell.Send(frames);

    internal List<byte[]> Encode(string type, JsonObject content) =>
        wire.Encode(new JupyterMessage { Header = JupyterMessage.NewHeader(type, session), Content = content });

    /// <summary>Sends a request on the control channel and waits for its reply.</summary>
    internal JupyterMessage Control(string type, JsonObject? content = null)
    {
        var header = JupyterMessage.NewHeader(type, session);
        control.Send(wire.Encode(new JupyterMessage { Header = header, Content = content ?? [] }));
        return Read(control, message => IsChild(message, header));
    }

    /// <summary>Waits for the reply to a request and for all that the kernel publishes on it until idle.</summary>
    internal Exchange Await(JsonObject header)
    {
        List<JupyterMessage> published = [];
        Read(ioPub, message =>
        {
            if (IsChild(message, header))
            {
                published.Add(message);
                return message.Type == "status" && (string?)message.Content["execution_state"] == "idle";
            }

            Strays.Add(message);
            return false;
        });
        var reply = replies.FirstOrDefault(message => IsChild(message, header));
        return new Exchange(reply ?? Read(shell, message =>
        {
            replies.Add(message);
            return IsChild(message, header);
        }), published);
    }

    /// <summary>Waits for the next published message of a request that fits.</summary>
    internal JupyterMessage AwaitPublished(JsonObject header, Func<JupyterMessage, bool> fits) => Read(ioPub, message => IsChild(message, header) && fits(message));

    /// <summary>Published messages of other requests, seen while waiting.</summary>
    internal List<JupyterMessage> Strays { get; } = [];

    private readonly List<JupyterMessage> replies = [];

    internal byte[] Beat(byte[] data)
    {
        // A DEALER speaks to a REP with an empty frame first.
        heartbeat.Send([[], data]);
        Assert.True(heartbeat.WaitForMessage(5000), "The heartbeat did not answer within 5 s.");
        return heartbeat.Receive()[^1];
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
        }

        Process.WaitForExit();
        foreach (var socket in new[] { shell, control, ioPub, heartbeat })
        {
            socket.Dispose();
        }

        context.Shutdown();
        context.Dispose();
        folder.Dispose();
    }

    internal static bool IsChild(JupyterMessage message, JsonObject header) => (string?)message.Parent["msg_id"] == (string?)header["msg_id"];

    private void WaitUntilReady()
    {
        // The subscription takes a moment to arrive: asked until the status is heard.
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Patience)
        {
            var header = Send("kernel_info_request", []);
            while (ioPub.WaitForMessage(300))
            {
                if (IsChild(wire.Decode(ioPub.Receive()), header))
                {
                    Await(Send("kernel_info_request", []));
                    return;
                }
            }

            Assert.False(Process.HasExited, "The kernel ended at start: " + Log);
        }

        Assert.Fail($"The kernel did not answer within {Patience.TotalSeconds} s: " + Log);
    }

    private JupyterMessage Read(ZmqSocket socket, Func<JupyterMessage, bool> fits)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Patience)
        {
            if (socket.WaitForMessage(200))
            {
                var message = wire.Decode(socket.Receive());
                if (fits(message))
                {
                    return message;
                }
            }
        }

        throw new TimeoutException($"The kernel did not send what the test waits for within {Patience.TotalSeconds} s. Its log: " + Log);
    }

    private ZmqSocket Connect(ZmqSocketType type, int port)
    {
        var socket = context.CreateSocket(type);
        socket.Connect($"tcp://127.0.0.1:{port}");
        return socket;
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners)
        {
            listener.Stop();
        }

        return ports;
    }
}
