using System.Text.Json.Nodes;

namespace ScFm.Kernel.Protocol;

/// <summary>A channel on which requests come and replies go: shell or control. Owned by the thread that serves it.</summary>
internal sealed class RequestChannel(ZmqSocket socket, WireFormat wire, string session) : IDisposable
{
    /// <summary>Waits for the next valid request; invalid ones are logged and dropped.</summary>
    internal JupyterMessage Receive()
    {
        while (true)
        {
            if (Decode(socket.Receive()) is { } message)
            {
                return message;
            }
        }
    }

    /// <summary>The next valid request if one is waiting.</summary>
    internal JupyterMessage? TryReceive()
    {
        while (socket.TryReceive() is { } frames)
        {
            if (Decode(frames) is { } message)
            {
                return message;
            }
        }

        return null;
    }

    internal void Reply(JupyterMessage request, string type, JsonObject content)
    {
        var reply = new JupyterMessage
        {
            Identities = request.Identities,
            Header = JupyterMessage.NewHeader(type, session),
            Parent = (JsonObject)request.Header.DeepClone(),
            Content = content,
        };
        socket.Send(wire.Encode(reply));
    }

    public void Dispose() => socket.Dispose();

    private JupyterMessage? Decode(List<byte[]> frames)
    {
        try
        {
            return wire.Decode(frames);
        }
        catch (InvalidDataException error)
        {
            KernelLog.Write(error.Message);
            return null;
        }
    }
}
