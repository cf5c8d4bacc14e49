namespace ScFm.Interactive.Hosting;

/// <summary>The host that verbs and displays talk to: the terminal, until a kernel takes its place.</summary>
public static class NotebookHost
{
    /// <summary>The host of this process.</summary>
    public static INotebookHost Current { get; set; } = new TerminalHost();

    private sealed class TerminalHost : INotebookHost, IDisplay
    {
        public CancellationToken Cancellation => CancellationToken.None;

        public bool IsNotebook => false;

        public IDisplay Display(MimeBundle content)
        {
            Update(content);
            return this;
        }

        public void Update(MimeBundle content) => Console.WriteLine(content.Data.GetValueOrDefault("text/plain"));

        public bool TryGetVariable(string name, out object? value)
        {
            value = null;
            return false;
        }

        public void SetVariable(string name, object value, Type type) { }
    }
}
