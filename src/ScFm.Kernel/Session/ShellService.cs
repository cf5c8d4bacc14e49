using System.Text.Json.Nodes;
using ScFm.Kernel.Cells;
using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Session;

/// <summary>Serves the shell channel: one request after the other.</summary>
internal sealed class ShellService(RequestChannel channel, IoPubChannel ioPub, Notebook notebook, Action shutdown)
{
    private readonly ExecutionHistory _history = new();
    private readonly Introspection _introspection = new(notebook.Engine);
    private ExecuteHandler? _execute;

    /// <summary>Serves until the context is shut down.</summary>
    internal void Serve()
    {
        _execute = new ExecuteHandler(notebook, ioPub, _history);
        using (channel)
        {
            try
            {
                while (true)
                {
                    Handle(channel.Receive(), aborting: false);
                }
            }
            catch (ZmqClosedException)
            {
                // The kernel is shutting down.
            }
        }
    }

    private void Handle(JupyterMessage request, bool aborting)
    {
        bool abortsQueue = false;
        ioPub.Status("busy", request.Header);
        try
        {
            JsonObject? reply;
            if (request.Type == "execute_request")
            {
                (reply, abortsQueue) = aborting ? (new JsonObject { ["status"] = "aborted" }, false) : _execute!.Execute(request);
            }
            else
            {
                reply = Answer(request);
            }

            if (reply is not null)
            {
                channel.Reply(request, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), reply);
            }
        }
        catch (Exception error) when (error is not ZmqClosedException)
        {
            KernelLog.Write($"A {request.Type} failed: {error}");
        }

        ioPub.Status("idle", request.Header);
        if (abortsQueue)
        {
            while (channel.TryReceive() is { } waiting)
            {
                Handle(waiting, aborting: true);
            }
        }
    }

    /// <summary>The content of the reply, or null for a message that has none.</summary>
    private JsonObject? Answer(JupyterMessage request)
    {
        JsonObject content = request.Content;
        switch (request.Type)
        {
            case "kernel_info_request":
                return KernelInfo.Reply();
            case "complete_request":
                return _introspection.Complete((string?)content["code"] ?? "", (int?)content["cursor_pos"] ?? 0);
            case "inspect_request":
                return _introspection.Inspect((string?)content["code"] ?? "", (int?)content["cursor_pos"] ?? 0);
            case "is_complete_request":
                return Introspection.IsComplete((string?)content["code"] ?? "");
            case "history_request":
                return new JsonObject { ["status"] = "ok", ["history"] = _history.Find(content) };
            case "comm_info_request":
                return new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() };
            case "comm_open":
                // This kernel has no comm targets; the protocol's answer to an unknown target is to close it.
                ioPub.Publish("comm_close", new JsonObject { ["comm_id"] = (string?)content["comm_id"], ["data"] = new JsonObject() }, request.Header);
                return null;
            case "shutdown_request":
                shutdown();
                return new JsonObject { ["status"] = "ok", ["restart"] = (bool?)content["restart"] ?? false };
            default:
                KernelLog.Write($"A message of the unknown type '{request.Type}' was ignored.");
                return null;
        }
    }
}
