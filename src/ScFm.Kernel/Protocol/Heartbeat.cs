namespace ScFm.Kernel.Protocol;

/// <summary>Answers the front end's heartbeat on a thread of its own, whatever a cell does.</summary>
internal static class Heartbeat
{
    internal static Thread Start(ZmqSocket socket)
    {
        var thread = new Thread(() => Echo(socket)) { IsBackground = true, Name = "heartbeat" };
        thread.Start();
        return thread;
    }

    private static void Echo(ZmqSocket socket)
    {
        using (socket)
        {
            try
            {
                while (true)
                {
                    socket.Send(socket.Receive());
                }
            }
            catch (ZmqClosedException)
            {
                // The kernel is shutting down.
            }
        }
    }
}
