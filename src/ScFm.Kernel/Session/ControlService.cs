using System.Text.Json.Nodes;
using ScFm.Kernel.Cells;
using ScFm.Kernel.Protocol;

namespace ScFm.Kernel.Session;

/// <summary>Serves the control channel, on a thread of its own: it must answer while a cell runs.</summary>
internal sealed class ControlService(RequestChannel channel, IoPubChannel ioPub, Notebook notebook, Action shutdown)
{
    /// <summary>Serves until the context is shut down.</summary>
    internal void Serve()
    {
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

    private void Handle(JupyterMessage request)
    {
        ioPub.Status("busy", request.Header);
        switch (request.Type)
        {
            case "interrupt_request":
                notebook.Thread.Interrupt();
                channel.Reply(request, "interrupt_reply", new JsonObject { ["status"] = "ok" });
                break;
            case "shutdown_request":
                channel.Reply(request, "shutdown_reply", new JsonObject { ["status"] = "ok", ["restart"] = (bool?)request.Content["restart"] ?? false });
                shutdown();
                break;
            case "kernel_info_request":
                channel.Reply(request, "kernel_info_reply", KernelInfo.Reply());
                break;
            default:
                KernelLog.Write($"A message of the unknown type '{request.Type}' on the control channel was ignored.");
                break;
        }

        ioPub.Status("idle", request.Header);
    }
}
