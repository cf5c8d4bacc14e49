namespace ScFm.Interactive.Hosting;

/// <summary>The place that verbs and displays run in.</summary>
public static class NotebookHost
{
    private static INotebookHost current = new TerminalHost();

    /// <summary>The host in use; a kernel sets its own when it starts. Default: the terminal.</summary>
    public static INotebookHost Current
    {
        get => Volatile.Read(ref current);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Volatile.Write(ref current, value);
        }
    }
}
