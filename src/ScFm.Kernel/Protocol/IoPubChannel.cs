using System.Text;
using System.Text.Json.Nodes;

namespace ScFm.Kernel.Protocol;

/// <summary>What every front end sees: statuses and outputs. Any thread may publish; a lock owns the socket.</summary>
internal sealed class IoPubChannel(ZmqSocket socket, WireFormat wire, string session) : IDisposable
{
    private readonly Lock gate = new();
    private bool closed;

    /// <param name="type">Message type, also the topic.</param>
    /// <param name="content">Content of the message.</param>
    /// <param name="parent">Header of the request that caused it.</param>
    internal void Publish(string type, JsonObject content, JsonObject parent)
    {
        var message = new JupyterMessage
        {
            Identities = [Encoding.ASCII.GetBytes(type)],
            Header = JupyterMessage.NewHeader(type, session),
            Parent = (JsonObject)parent.DeepClone(),
            Content = content,
        };
        var frames = wire.Encode(message);
        lock (gate)
        {
            // A cell that is ended by force must not leave half a message in the socket; a finally block runs to its end.
            try
            {
            }
            finally
            {
                if (!closed)
                {
                    socket.Send(frames);
                }
            }
        }
    }

    internal void Status(string state, JsonObject parent) => Publish("status", new JsonObject { ["execution_state"] = state }, parent);

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            socket.Dispose();
        }
    }
}
