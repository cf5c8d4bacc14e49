using System.Runtime.InteropServices;
using ScFm.Kernel.Cells;
using ScFm.Kernel.Protocol;
using ScFm.Kernel.Scripting;

namespace ScFm.Kernel.Session;

/// <summary>The Jupyter kernel: opens the five channels and serves them until it is told to end.</summary>
internal static class KernelServer
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    /// <summary>Serves a front end; returns when it asks for shutdown or is gone.</summary>
    internal static void Run(ConnectionFile connection)
    {
        // Jupyter interrupts by message, but a terminal's Ctrl-C and the server's shutdown also send the signal.
        using PosixSignalRegistration ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        var session = Guid.NewGuid().ToString("N");
        var wire = new WireFormat(new MessageSigner(connection.Key));
        var context = new ZmqContext();

        ZmqSocket Open(ZmqSocketType type, int port)
        {
            var socket = context.CreateSocket(type);
            socket.Bind(connection.Address(port));
            return socket;
        }

        var shell = new RequestChannel(Open(ZmqSocketType.Router, connection.ShellPort), wire, session);
        var control = new RequestChannel(Open(ZmqSocketType.Router, connection.ControlPort), wire, session);
        var stdin = Open(ZmqSocketType.Router, connection.StdinPort);
        var ioPub = new IoPubChannel(Open(ZmqSocketType.Publish, connection.IoPubPort), wire, session);
        var heartbeat = Heartbeat.Start(Open(ZmqSocketType.Reply, connection.HeartbeatPort));

        using var ended = new ManualResetEventSlim();
        ioPub.Status("starting", []);
        var notebook = new Notebook();
        Warmup.Start(notebook.Engine);
        var shellThread = Serve("shell", new ShellService(shell, ioPub, notebook, ended.Set).Serve);
        var controlThread = Serve("control", new ControlService(control, ioPub, notebook, ended.Set).Serve);
        ParentWatch.Start(ended.Set);
        ended.Wait();

        // Replies must be on their way before the sockets close; a cell that still runs is not waited for.
        Thread.Sleep(50);
        context.Shutdown();
        stdin.Dispose();
        ioPub.Dispose();
        var all = shellThread.Join(FarewellTime) & controlThread.Join(FarewellTime) & heartbeat.Join(FarewellTime);
        if (all)
        {
            context.Dispose();
        }
    }

    private static Thread Serve(string name, ThreadStart service)
    {
        var thread = new Thread(service) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }
}
