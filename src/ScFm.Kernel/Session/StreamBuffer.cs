using System.Text;

namespace ScFm.Kernel.Session;

/// <summary>Gathers what a cell writes into few messages, at most <see cref="DelayMilliseconds"/> late and in the order in which it was written.</summary>
/// <param name="send">Sends text of a stream (stdout or stderr).</param>
internal sealed class StreamBuffer(Action<string, string> send)
{
    private const int DelayMilliseconds = 20;
    private const int FullAtCharacters = 16384;

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private string _name = "";
    private bool _scheduled;

    internal void Append(string name, string text)
    {
        lock (_lock)
        {
            if (name != _name)
            {
                FlushLocked();
                _name = name;
            }

            _text.Append(text);
            if (_text.Length >= FullAtCharacters)
            {
                FlushLocked();
            }
            else if (!_scheduled)
            {
                _scheduled = true;
                Task.Delay(DelayMilliseconds).ContinueWith(_ => Flush(), TaskScheduler.Default);
            }
        }
    }

    internal void Flush()
    {
        lock (_lock)
        {
            FlushLocked();
            _scheduled = false;
        }
    }

    private void FlushLocked()
    {
        if (_text.Length > 0)
        {
            send(_name, _text.ToString());
            _text.Clear();
        }
    }
}
