using System.Runtime.InteropServices;

namespace ScFm.Kernel.Protocol;

/// <summary>The functions of libzmq that the kernel calls (ZeroMQ 4 C API).</summary>
internal static partial class LibZmq
{
    private const string Library = "libzmq.so.5";

    internal const int TryAgain = 11;
    internal const int Interrupted = 4;
    internal const int DontWait = 1;
    internal const int SendMore = 2;
    internal const short PollIn = 1;

    /// <summary>An opaque zmq_msg_t: 64 bytes, pointer-aligned.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    internal struct Frame
    {
        private readonly nint first;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollItem
    {
        internal nint Socket;
        internal int FileDescriptor;
        internal short Events;
        internal short Results;
    }

    [LibraryImport(Library)]
    internal static partial nint zmq_ctx_new();

    [LibraryImport(Library)]
    internal static partial int zmq_ctx_shutdown(nint context);

    [LibraryImport(Library)]
    internal static partial int zmq_ctx_term(nint context);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint zmq_socket(nint context, int type);

    [LibraryImport(Library)]
    internal static partial int zmq_close(nint socket);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int zmq_setsockopt(nint socket, int option, void* value, nuint size);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int zmq_bind(nint socket, string address);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int zmq_connect(nint socket, string address);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int zmq_send(nint socket, byte* data, nuint size, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int zmq_poll(ref PollItem items, int count, nint timeoutMilliseconds);

    [LibraryImport(Library)]
    internal static partial int zmq_msg_init(ref Frame frame);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int zmq_msg_recv(ref Frame frame, nint socket, int flags);

    [LibraryImport(Library)]
    internal static partial nint zmq_msg_data(ref Frame frame);

    [LibraryImport(Library)]
    internal static partial nuint zmq_msg_size(ref Frame frame);

    [LibraryImport(Library)]
    internal static partial int zmq_msg_more(ref Frame frame);

    [LibraryImport(Library)]
    internal static partial int zmq_msg_close(ref Frame frame);

    [LibraryImport(Library)]
    internal static partial nint zmq_strerror(int error);

    /// <summary>The message of the error that the last call on this thread left.</summary>
    internal static string LastErrorMessage() => Marshal.PtrToStringUTF8(zmq_strerror(Marshal.GetLastPInvokeError())) ?? "unknown error";
}
