using System.CommandLine;
using ScFm.Kernel.Cells;
using ScFm.Kernel.Notebooks;
using ScFm.Model.Files;

namespace ScFm.Kernel.Commands;

/// <summary><c>scfm run notebook.ipynb</c>: runs a notebook without a front end.</summary>
internal static class RunCommand
{
    internal static Command Create()
    {
        var notebook = new Argument<string>("notebook") { Description = "The notebook (.ipynb)." };
        var html = new Option<string?>("--html") { Description = "Also writes a page that needs no other file; default: beside the notebook.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--output") { Description = "Where the executed notebook goes; default: into the notebook itself." };
        var parameters = new Option<string[]>("--param") { Description = "name=value, for a variable of the cell tagged 'parameters'; may be repeated." };
        var command = new Command("run", "Runs a notebook and keeps its outputs.") { notebook, html, output, parameters };
        command.SetAction(result => Run(
            result.GetRequiredValue(notebook),
            result.GetValue(output),
            result.GetResult(html) is null ? null : result.GetValue(html) ?? "",
            result.GetValue(parameters) ?? []));
        return command;
    }

    /// <param name="path">The notebook.</param>
    /// <param name="output">Where the executed notebook goes; null is into itself.</param>
    /// <param name="html">Where the page goes; empty is beside the notebook, null is nowhere.</param>
    /// <param name="parameters">name=value.</param>
    /// <returns>0; 1 when a cell failed; 2 when the notebook could not be run at all.</returns>
    private static int Run(string path, string? output, string? html, string[] parameters)
    {
        var terminal = Console.Error;
        try
        {
            var source = Path.GetFullPath(path);
            var target = Path.GetFullPath(output ?? path);
            var page = html is null ? null : Path.GetFullPath(html.Length > 0 ? html : Path.ChangeExtension(target, ".html"));
            var values = Parse(parameters);
            NotebookFile file = NotebookFile.Read(source);
            NotebookParameters.Inject(file.Cells, values);

            // As in Jupyter, cells run in the notebook's folder.
            Environment.CurrentDirectory = Path.GetDirectoryName(source)!;
            var failure = new HeadlessRun(terminal).Execute(file);
            file.Write(target);
            if (page is not null)
            {
                AtomicFile.WriteText(page, NotebookPage.Render(file.Cells, source));
                terminal.WriteLine($"Page: {page}");
            }

            if (failure is var (cell, error))
            {
                terminal.WriteLine($"Cell [{cell}] of {path} failed.");
                terminal.WriteLine(string.Join('\n', error.Trace));
                return 1;
            }

            terminal.WriteLine(file.LastText());
            return 0;
        }
        catch (Exception error) when (error is NotebookException or IOException or UnauthorizedAccessException)
        {
            terminal.WriteLine(error.Message);
            return 2;
        }
    }

    private static Dictionary<string, string> Parse(string[] parameters)
    {
        Dictionary<string, string> values = [];
        foreach (var parameter in parameters)
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new NotebookException($"'--param {parameter}' is not understood: name=value was expected.");
            }

            var value = parameter[(equals + 1)..];
            // A path is meant from where the command is typed, but cells run in the notebook's folder.
            values[parameter[..equals]] = value.Length > 0 && Path.Exists(value) ? Path.GetFullPath(value) : value;
        }

        return values;
    }
}
