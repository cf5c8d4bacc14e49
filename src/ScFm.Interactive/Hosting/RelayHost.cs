using ScFm.Model.Training;

namespace ScFm.Interactive.Hosting;

/// <summary>The host of a process that another one started to do its work: what is shown here is shown there.</summary>
/// <param name="output">Where the records go.</param>
/// <param name="isNotebook">What the other process's host is.</param>
/// <param name="cancellation">Fires when the user interrupts.</param>
/// <param name="ranks">The ranks that share a verb's work.</param>
internal sealed class RelayHost(TextWriter output, bool isNotebook, CancellationToken cancellation, TrainingRanks? ranks) : INotebookHost
{
    private readonly Lock writing = new();
    private int displays;

    /// <inheritdoc/>
    public CancellationToken Cancellation => cancellation;

    /// <inheritdoc/>
    public bool IsNotebook => isNotebook;

    /// <inheritdoc/>
    public TrainingRanks? Ranks => ranks;

    /// <inheritdoc/>
    public IDisplay Display(MimeBundle content)
    {
        var shown = new Shown(this, Interlocked.Increment(ref displays));
        shown.Update(content);
        return shown;
    }

    /// <inheritdoc/>
    public bool TryGetVariable(string name, out object? value)
    {
        value = null; // variables are the other process's; what a verb needs of them comes in files
        return false;
    }

    /// <inheritdoc/>
    public void SetVariable(string name, object value, Type type) => throw new NotSupportedException("A rank has no variables; expected its result to go to a file.");

    private sealed class Shown(RelayHost host, int display) : IDisplay
    {
        public void Update(MimeBundle content)
        {
            var line = new DisplayRecord(display, content).Write();
            lock (host.writing)
            {
                host.Write(line);
            }
        }
    }

    private void Write(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
