using ScFm.Interactive.Hosting;
using ScFm.Kernel.Packages;
using ScFm.Kernel.Scripting;

namespace ScFm.Kernel.Cells;

/// <summary>The parts that run cells, put together: for the Jupyter kernel and for a headless run alike.</summary>
internal sealed class Notebook
{
    private readonly FigureOutput.Session figures = new();

    internal Notebook()
    {
        Engine = new ScriptEngine(new ScriptReferences());
        var host = new CellHost(Engine);
        NotebookHost.Current = host;
        Runner = new CellRunner(Engine, new PackageLoader(Engine.References, new PackageRestore(), host), new MagicCommands(host));
        CellTextWriter.TakeOverConsole();
    }

    internal ScriptEngine Engine { get; }

    internal CellRunner Runner { get; }

    internal CellThread Thread { get; } = new();

    /// <summary>The surroundings of one run of a cell.</summary>
    internal CellContext Context(string path, ICellOutput output, CancellationToken cancellation, CancellationToken force) =>
        new(path, new FigureOutput(output, figures), cancellation, force);
}
