using System.Runtime.InteropServices;
using System.Text;

namespace ScFm.Kernel.Protocol;

/// <summary>One ZeroMQ socket. It belongs to one thread at a time; who shares it must lock.</summary>
internal sealed class ZmqSocket : IDisposable
{
    private const int OptionSubscribe = 6;
    private const int OptionLinger = 17;
    private const int OptionSendHighWaterMark = 23;
    private const int OptionReceiveHighWaterMark = 24;
    private const int LingerMilliseconds = 1000;
    private const int ContextTerminated = 156384765;

    private nint handle;

    internal ZmqSocket(nint context, ZmqSocketType type)
    {
        handle = LibZmq.zmq_socket(context, (int)type);
        if (handle == 0)
        {
            throw Failure($"open a {type} socket");
        }

        SetOption(OptionLinger, LingerMilliseconds);
        // The default queue of 1,000 messages would drop the output of a chatty cell.
        SetOption(OptionSendHighWaterMark, 0);
        SetOption(OptionReceiveHighWaterMark, 0);
    }

    internal void Bind(string address)
    {
        if (LibZmq.zmq_bind(handle, address) != 0)
        {
            throw Failure($"bind {address}");
        }
    }

    internal void Connect(string address)
    {
        if (LibZmq.zmq_connect(handle, address) != 0)
        {
            throw Failure($"connect to {address}");
        }
    }

    internal unsafe void Subscribe(string topic)
    {
        var bytes = Encoding.UTF8.GetBytes(topic);
        fixed (byte* data = bytes)
        {
            _ = LibZmq.zmq_setsockopt(handle, OptionSubscribe, data, (nuint)bytes.Length);
        }
    }

    /// <summary>Waits until a message can be read; false when the time is over.</summary>
    internal bool WaitForMessage(int timeoutMilliseconds)
    {
        var item = new LibZmq.PollItem { Socket = handle, Events = LibZmq.PollIn };
        var ready = LibZmq.zmq_poll(ref item, 1, timeoutMilliseconds);
        return ready >= 0 ? ready > 0 : Marshal.GetLastPInvokeError() == LibZmq.Interrupted ? false : throw Failure("wait for a message");
    }

    /// <summary>Reads one message, waiting for it.</summary>
    internal List<byte[]> Receive() => Receive(0)!;

    /// <summary>Reads one message when one is there, else null.</summary>
    internal List<byte[]>? TryReceive() => Receive(LibZmq.DontWait);

    internal unsafe void Send(IReadOnlyList<byte[]> frames)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            var flags = i + 1 < frames.Count ? LibZmq.SendMore : 0;
            fixed (byte* data = frames[i])
            {
                while (LibZmq.zmq_send(handle, data, (nuint)frames[i].Length, flags) < 0)
                {
                    if (Marshal.GetLastPInvokeError() != LibZmq.Interrupted)
                    {
                        throw Failure("send a message");
                    }
                }
            }
        }
    }

    public void Dispose()
    {
        if (handle != 0)
        {
            _ = LibZmq.zmq_close(handle);
            handle = 0;
        }
    }

    private List<byte[]>? Receive(int flags)
    {
        var frames = new List<byte[]>();
        var more = true;
        while (more)
        {
            var frame = ReceiveFrame(flags, out more);
            if (frame is null)
            {
                return null;
            }

            frames.Add(frame);
        }

        return frames;
    }

    private unsafe byte[]? ReceiveFrame(int flags, out bool more)
    {
        var frame = default(LibZmq.Frame);
        _ = LibZmq.zmq_msg_init(ref frame);
        try
        {
            while (LibZmq.zmq_msg_recv(ref frame, handle, flags) < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error == LibZmq.TryAgain)
                {
                    more = false;
                    return null;
                }

                if (error != LibZmq.Interrupted)
                {
                    throw Failure("receive a message");
                }
            }

            more = LibZmq.zmq_msg_more(ref frame) != 0;
            return new ReadOnlySpan<byte>((void*)LibZmq.zmq_msg_data(ref frame), (int)LibZmq.zmq_msg_size(ref frame)).ToArray();
        }
        finally
        {
            _ = LibZmq.zmq_msg_close(ref frame);
        }
    }

    private unsafe void SetOption(int option, int value) => _ = LibZmq.zmq_setsockopt(handle, option, &value, sizeof(int));

    private static Exception Failure(string action) =>
        Marshal.GetLastPInvokeError() == ContextTerminated
            ? new ZmqClosedException()
            : new IOException($"libzmq could not {action}: {LibZmq.LastErrorMessage()}.");
}
