using System.Text.Json.Nodes;
using ScFm.Kernel.Cells;
using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Session;

/// <summary>Serves the shell channel: one request after the other.</summary>
internal sealed class ShellService(RequestChannel channel, IoPubChannel ioPub, Notebook notebook, Action shutdown)
{
    private readonly ExecutionHistory history = new();
    private readonly Introspection introspection = new(notebook.Engine);
    private ExecuteHandler? execute;

    /// <summary>Serves until the context is shut down.</summary>
    internal void Serve()
    {
        execute = new ExecuteHandler(notebook, ioPub, history);
        using (channel)
        {
            try
            {
                while (true)
                {
                    Handle(channel.Receive());
                }
            }
            catch (ZmqClosedException)
            {
                // The kernel is shutting down.
            }
        }
    }

    /// <param name="request">What to do.</param>
    /// <param name="aborting">Whether an earlier cell failed while this request waited: then it is not to run a cell.</param>
    private void Handle(JupyterMessage request, bool aborting = false)
    {
        List<JupyterMessage> waiting = [];
        ioPub.Status("busy", request.Header);
        try
        {
            if (request.Type != "execute_request")
            {
                Reply(request, Answer(request));
            }
            else if (aborting)
            {
                Reply(request, new JsonObject { ["status"] = "aborted" });
            }
            else
            {
                var (reply, abortsQueue) = execute!.Execute(request);
                // Taken before the reply goes out: what the user sends after seeing the error is a new intention.
                waiting = abortsQueue ? TakeWaiting() : [];
                Reply(request, reply);
            }
        }
        catch (Exception error) when (error is not ZmqClosedException)
        {
            KernelLog.Write($"A {request.Type} failed: {error}");
        }

        ioPub.Status("idle", request.Header);
        foreach (var message in waiting)
        {
            Handle(message, aborting: true);
        }
    }

    private List<JupyterMessage> TakeWaiting()
    {
        List<JupyterMessage> waiting = [];
        while (channel.TryReceive() is { } message)
        {
            waiting.Add(message);
        }

        return waiting;
    }

    private void Reply(JupyterMessage request, JsonObject? content)
    {
        if (content is not null)
        {
            channel.Reply(request, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), content);
        }
    }

    /// <summary>The content of the reply, or null for a message that has none.</summary>
    private JsonObject? Answer(JupyterMessage request)
    {
        var content = request.Content;
        switch (request.Type)
        {
            case "kernel_info_request":
                return KernelInfo.Reply();
            case "complete_request":
                return introspection.Complete((string?)content["code"] ?? "", (int?)content["cursor_pos"] ?? 0);
            case "inspect_request":
                return introspection.Inspect((string?)content["code"] ?? "", (int?)content["cursor_pos"] ?? 0);
            case "is_complete_request":
                return Introspection.IsComplete((string?)content["code"] ?? "");
            case "history_request":
                return new JsonObject { ["status"] = "ok", ["history"] = history.Find(content) };
            case "comm_info_request":
                return new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() };
            case "comm_open":
                // This kernel has no comm targets; the protocol's answer to an unknown target is to close it.
                ioPub.Publish("comm_close", new JsonObject { ["comm_id"] = (string?)content["comm_id"], ["data"] = new JsonObject() }, request.Header);
                return null;
            case "comm_msg" or "comm_close":
                // For a comm that was closed as above: nothing is left to tell.
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
