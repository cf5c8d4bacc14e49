namespace ScFm.Interactive.Hosting;

/// <summary>The verbs, as magic commands and as a command line.</summary>
public static class VerbCommands
{
    /// <summary>Runs the words after <c>#!scfm</c> of one notebook line; 0 is success.</summary>
    public static Task<int> RunMagicAsync(string line, INotebookHost host)
    {
        Console.Error.WriteLine($"There is no verb '{line}'.");
        return Task.FromResult(1);
    }

    /// <summary>Runs the words of a command line; 0 is success.</summary>
    public static Task<int> RunCommandLineAsync(string[] args) => RunMagicAsync(string.Join(' ', args), NotebookHost.Current);

    /// <summary>The words that may follow what is typed so far.</summary>
    public static IEnumerable<string> Complete(string line) => ["load", "pretrain", "enhance", "embed", "cluster", "help"];
}
