using ScFm.Interactive.Hosting;

namespace ScFm.Kernel.Scripting;

/// <summary>Something that a cell has shown and can replace in place.</summary>
public sealed class DisplayHandle
{
    private readonly IDisplay _display;

    internal DisplayHandle(IDisplay display) => _display = display;

    /// <summary>Shows another value in the same place.</summary>
    public void Update(object? value) => _display.Update(MimeFormatter.Format(value));
}
