using ScFm.Interactive.Hosting;

namespace ScFm.Kernel.Scripting;

/// <summary>Something that a cell has shown and can replace in place.</summary>
public sealed class DisplayHandle
{
    private readonly IDisplay display;

    internal DisplayHandle(IDisplay display) => this.display = display;

    /// <summary>Shows another value in the same place.</summary>
    public void Update(object? value) => display.Update(MimeFormatter.Format(value));
}
