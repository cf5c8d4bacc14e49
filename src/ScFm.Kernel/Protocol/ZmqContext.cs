namespace ScFm.Kernel.Protocol;

/// <summary>The ZeroMQ context that owns all sockets of a process.</summary>
internal sealed class ZmqContext : IDisposable
{
    private readonly nint handle = LibZmq.zmq_ctx_new();

    internal ZmqSocket CreateSocket(ZmqSocketType type) => new(handle, type);

    /// <summary>Wakes every thread that waits on a socket of this context; their waits end with <see cref="ZmqClosedException"/>.</summary>
    internal void Shutdown() => LibZmq.zmq_ctx_shutdown(handle);

    /// <summary>Waits until every socket is closed and its messages are out.</summary>
    public void Dispose() => LibZmq.zmq_ctx_term(handle);
}
