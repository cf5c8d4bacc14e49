namespace ScFm.Interactive.Hosting;

/// <summary>Where the displays of a terminal write: at most one of them holds the last line and rewrites it.</summary>
/// <param name="output">Where text goes.</param>
/// <param name="rewrites">True where a carriage return goes back to the start of the line.</param>
/// <param name="time">The clock.</param>
internal sealed class TerminalScreen(TextWriter output, bool rewrites, TimeProvider time)
{
    private static readonly TimeSpan betweenLines = TimeSpan.FromSeconds(5);

    private readonly Lock writing = new();
    private readonly Dictionary<TerminalDisplay, long> told = [];
    private TerminalDisplay? open;
    private int openLength;

    /// <summary>Writes a text of a display.</summary>
    /// <param name="display">Whose text it is.</param>
    /// <param name="text">The text, without a line end.</param>
    /// <param name="final">False where the display will replace it soon.</param>
    public void Write(TerminalDisplay display, string text, bool final)
    {
        lock (writing)
        {
            if (!rewrites)
            {
                Tell(display, text, final);
                return;
            }
            if (open is not null && open != display)
            {
                output.WriteLine();
                (open, openLength) = (null, 0);
            }
            // Spaces cover what is left of a longer text.
            output.Write((open is null ? "" : "\r") + text.PadRight(openLength) + (final ? Environment.NewLine : ""));
            output.Flush();
            (open, openLength) = final ? (null, 0) : (display, text.Length);
        }
    }

    private void Tell(TerminalDisplay display, string text, bool final)
    {
        if (!final && told.TryGetValue(display, out var at) && time.GetElapsedTime(at) < betweenLines)
        {
            return;
        }
        output.WriteLine(text);
        output.Flush();
        if (final)
        {
            told.Remove(display);
        }
        else
        {
            told[display] = time.GetTimestamp();
        }
    }
}
