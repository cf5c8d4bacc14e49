using ScFm.Interactive.Hosting;

namespace ScFm.Kernel.Scripting;

/// <summary>What every cell can call by its bare name.</summary>
public static class CellFunctions
{
    /// <summary>Shows a value now; the handle replaces it in place.</summary>
    public static DisplayHandle display(object? value) => new(NotebookHost.Current.Display(MimeFormatter.Format(value)));

    /// <summary>Markup to be shown as it is.</summary>
    public static HtmlFragment HTML(string markup) => new(markup);
}
