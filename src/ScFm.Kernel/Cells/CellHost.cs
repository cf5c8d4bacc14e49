using ScFm.Interactive.Hosting;
using ScFm.Kernel.Scripting;

namespace ScFm.Kernel.Cells;

/// <summary>What verbs and displays see of the notebook: the running cell and the script's variables.</summary>
internal sealed class CellHost(ScriptEngine engine) : INotebookHost
{
    public CancellationToken Cancellation => CellContext.Current?.Cancellation ?? CancellationToken.None;

    public bool IsNotebook => true;

    public IDisplay Display(MimeBundle content)
    {
        var output = CellContext.Current?.Output ?? throw new InvalidOperationException("Nothing can be shown before the first cell runs.");
        var id = Guid.NewGuid().ToString("N");
        output.Display(content, id);
        return new Shown(output, id);
    }

    public bool TryGetVariable(string name, out object? value) => engine.Variables.TryGet(name, out value, out _);

    public void SetVariable(string name, object value, Type type) => engine.Variables.Set(name, value, type);

    private sealed class Shown(ICellOutput output, string id) : IDisplay
    {
        public void Update(MimeBundle content) => output.Update(content, id);
    }
}
