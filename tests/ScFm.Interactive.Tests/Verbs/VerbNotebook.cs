using ScFm.Interactive.Hosting;

namespace ScFm.Interactive.Tests.Verbs;

/// <summary>A notebook with variables that can be interrupted and keeps what it was shown.</summary>
internal sealed class VerbNotebook : INotebookHost
{
    private readonly Dictionary<string, object?> variables = [];
    private CancellationTokenSource interruption = new();

    public List<MimeBundle> Shown { get; } = [];

    /// <summary>Called on a thread of its own when something new is shown.</summary>
    public Action? WhenShown { get; set; }

    public CancellationToken Cancellation => interruption.Token;

    public bool IsNotebook => true;

    public object? this[string name]
    {
        get => variables[name];
        set => variables[name] = value;
    }

    public IReadOnlyList<KeyValuePair<string, object?>> Variables => [.. variables];

    /// <summary>Runs a line in a new cell, which the user may have interrupted before it got to the line.</summary>
    public void Run(string line, bool interrupted = false)
    {
        interruption = new CancellationTokenSource();
        if (interrupted)
        {
            Interrupt();
        }
        VerbCommands.RunMagic(line, this);
    }

    /// <summary>Runs a line and gives what it prints.</summary>
    public string Printed(string line)
    {
        var (console, printed) = (Console.Out, new StringWriter());
        Console.SetOut(printed);
        try
        {
            Run(line);
        }
        finally
        {
            Console.SetOut(console);
        }
        return printed.ToString();
    }

    public void Interrupt() => interruption.Cancel();

    public IDisplay Display(MimeBundle content)
    {
        Shown.Add(content);
        if (WhenShown is { } call)
        {
            new Thread(() => call()).Start();
        }
        return new Handle(Shown);
    }

    public bool TryGetVariable(string name, out object? value) => variables.TryGetValue(name, out value);

    public void SetVariable(string name, object value, Type type)
    {
        Assert.True(type.IsInstanceOfType(value));
        variables[name] = value;
    }

    private sealed class Handle(List<MimeBundle> shown) : IDisplay
    {
        public void Update(MimeBundle content) => shown.Add(content);
    }
}
