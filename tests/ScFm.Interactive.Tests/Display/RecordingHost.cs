using ScFm.Interactive.Hosting;

namespace ScFm.Interactive.Tests.Display;

/// <summary>A notebook that keeps what it was shown.</summary>
internal sealed class RecordingHost : INotebookHost
{
    public List<List<MimeBundle>> Displays { get; } = [];

    public CancellationToken Cancellation => CancellationToken.None;

    public bool IsNotebook => true;

    public IDisplay Display(MimeBundle content)
    {
        Displays.Add([content]);
        return new Handle(Displays[^1]);
    }

    public bool TryGetVariable(string name, out object? value) => throw new NotSupportedException();

    public void SetVariable(string name, object value, Type type) => throw new NotSupportedException();

    private sealed class Handle(List<MimeBundle> shown) : IDisplay
    {
        public void Update(MimeBundle content) => shown.Add(content);
    }
}
