namespace ScFm.Interactive.Hosting;

/// <summary>The place that verbs and displays run in.</summary>
public static class NotebookHost
{
    private static readonly AsyncLocal<INotebookHost?> ofThisCall = new();
    private static INotebookHost current = new TerminalHost();

    /// <summary>The host in use; a kernel sets its own when it starts. Default: the terminal.</summary>
    public static INotebookHost Current
    {
        get => ofThisCall.Value ?? Volatile.Read(ref current);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Volatile.Write(ref current, value);
        }
    }

    /// <summary>Makes a host the current one while a call lasts, for the threads that the call starts too.</summary>
    internal static T During<T>(INotebookHost host, Func<T> call)
    {
        var before = ofThisCall.Value;
        ofThisCall.Value = host;
        try
        {
            return call();
        }
        finally
        {
            ofThisCall.Value = before;
        }
    }
}
