namespace ScFm.Interactive.Hosting;

/// <summary>One text on a terminal.</summary>
internal sealed class TerminalDisplay(TerminalScreen screen) : IDisplay
{
    private string? shown;

    /// <inheritdoc/>
    public void Update(MimeBundle content)
    {
        var text = content.Data.TryGetValue("text/plain", out var plain) ? plain.ToString() ?? "" : "";
        if (text.Length > 0 && text != shown)
        {
            screen.Write(this, text.TrimEnd('\r', '\n'), final: !text.EndsWith('\r'));
            shown = text;
        }
    }
}
