using System.Text;

namespace ScFm.Kernel.Session;

/// <summary>Gathers what a cell writes into few messages, at most <see cref="DelayMilliseconds"/> late and in the order in which it was written.</summary>
/// <param name="send">Sends text of a stream (stdout or stderr).</param>
internal sealed class StreamBuffer(Action<string, string> send)
{
    private const int DelayMilliseconds = 20;
    private const int FullAtCharacters = 16384;

    private readonly Lock gate = new();
    private readonly StringBuilder waiting = new();
    private string stream = "";
    private bool scheduled;

    internal void Append(string name, string text)
    {
        lock (gate)
        {
            if (name != stream)
            {
                FlushLocked();
                stream = name;
            }

            waiting.Append(text);
            if (waiting.Length >= FullAtCharacters)
            {
                FlushLocked();
            }
            else if (!scheduled)
            {
                scheduled = true;
                Task.Delay(DelayMilliseconds).ContinueWith(_ => Flush(), TaskScheduler.Default);
            }
        }
    }

    internal void Flush()
    {
        lock (gate)
        {
            FlushLocked();
            scheduled = false;
        }
    }

    private void FlushLocked()
    {
        if (waiting.Length > 0)
        {
            send(stream, waiting.ToString());
            waiting.Clear();
        }
    }
}
