namespace ScFm.Kernel.Protocol;

/// <summary>The ZeroMQ context was shut down while a socket waited.</summary>
internal sealed class ZmqClosedException() : Exception("The ZeroMQ context was shut down.");
