using ScFm.Model.Training;

namespace ScFm.Interactive.Hosting;

/// <summary>A terminal, or a file or pipe in its place: everything is shown as plain text.</summary>
/// <remarks>Text that ends in a carriage return is not final: it is rewritten in place, or told every few seconds where the output cannot go back.</remarks>
public sealed class TerminalHost : INotebookHost
{
    private readonly Dictionary<string, object?> variables = [];
    private readonly TerminalScreen screen;

    /// <summary>Makes the host.</summary>
    /// <param name="output">Where text goes. Default: standard error, so that results on standard output stay clean.</param>
    /// <param name="rewrites">True where a carriage return goes back to the start of the line. Default: true unless standard error is redirected.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <param name="cancellation">Fires when the user interrupts. Default: never.</param>
    /// <param name="ranks">The ranks that share a verb's work. Default: this process works alone.</param>
    public TerminalHost(TextWriter? output = null, bool? rewrites = null, TimeProvider? time = null, CancellationToken cancellation = default, TrainingRanks? ranks = null)
    {
        screen = new TerminalScreen(output ?? Console.Error, rewrites ?? !Console.IsErrorRedirected, time ?? TimeProvider.System);
        (Cancellation, Ranks) = (cancellation, ranks);
    }

    /// <inheritdoc/>
    public CancellationToken Cancellation { get; }

    /// <inheritdoc/>
    public bool IsNotebook => false;

    /// <inheritdoc/>
    public TrainingRanks? Ranks { get; }

    /// <inheritdoc/>
    public IDisplay Display(MimeBundle content)
    {
        var display = new TerminalDisplay(screen);
        display.Update(content);
        return display;
    }

    /// <inheritdoc/>
    public bool TryGetVariable(string name, out object? value) => variables.TryGetValue(name, out value);

    /// <inheritdoc/>
    public void SetVariable(string name, object value, Type type) => variables[name] = value;
}
