using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using ScFm.Kernel.Cells;

namespace ScFm.Kernel.Notebooks;

/// <summary>Runs a notebook without a front end, by the same engine as the kernel.</summary>
/// <param name="terminal">Where progress is told.</param>
internal sealed class HeadlessRun(TextWriter terminal)
{
    /// <summary>Runs the code cells in their order until one fails, and keeps their outputs in the notebook.</summary>
    /// <returns>The number of the cell that failed and its error; null when all went well.</returns>
    internal (int Cell, CellError Error)? Execute(NotebookFile file)
    {
        var notebook = new Notebook();
        using PosixSignalRegistration interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            notebook.Thread.Interrupt();
        });
        JsonObject[] cells = [.. file.Cells.OfType<JsonObject>().Where(cell => (string?)cell["cell_type"] == "code")];
        foreach (var cell in cells)
        {
            cell["outputs"] = new JsonArray();
            cell["execution_count"] = null;
        }

        for (var i = 0; i < cells.Length; i++)
        {
            terminal.Write($"[{i + 1}/{cells.Length}] ");
            terminal.Flush();
            var start = Stopwatch.GetTimestamp();
            var error = Execute(notebook, cells[i], i + 1);
            terminal.WriteLine($"{Title(cells[i])} ({Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s)");
            if (error is not null)
            {
                return (i + 1, error);
            }
        }

        return null;
    }

    private static CellError? Execute(Notebook notebook, JsonObject cell, int number)
    {
        var output = new NotebookOutput(number);
        CellError? error = null;
        var run = new CellRun(
            (cancellation, force) => error = notebook.Runner.Run(
                NotebookFile.Text(cell["source"]), notebook.Context(CellContext.PathOf(number), output, cancellation, force)),
            ignored: () => { });
        if (notebook.Thread.Run(run) is not CellEnding.Completed and var ending)
        {
            error ??= new CellError("Interrupted", "The run was interrupted.", [$"The run was interrupted ({ending.ToString().ToLowerInvariant()})."]);
        }

        cell["outputs"] = output.ToJson();
        cell["execution_count"] = number;
        return error;
    }

    /// <summary>The first line that says something.</summary>
    private static string Title(JsonObject cell)
    {
        const int longest = 60;
        var line = NotebookFile.Text(cell["source"]).Split('\n').Select(text => text.Trim()).FirstOrDefault(text => text.Length > 0) ?? "(empty)";
        return line.Length > longest ? line[..longest] + "…" : line;
    }
}
