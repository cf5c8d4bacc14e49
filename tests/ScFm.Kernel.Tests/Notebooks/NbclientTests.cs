using System.Text.Json.Nodes;
using ScFm.Kernel.Tests.Support;
using static ScFm.Kernel.Tests.Notebooks.TestNotebook;

namespace ScFm.Kernel.Tests.Notebooks;

/// <summary>The kernel as Jupyter itself installs, starts and drives it.</summary>
public sealed class NbclientTests
{
    [Fact]
    public void Jupyter_executes_a_notebook_with_streams_displays_values_and_errors()
    {
        var outputs = Execute([],
            Code("Console.WriteLine(\"one\");\nConsole.Error.WriteLine(\"two\");"),
            Code("var shown = display(\"waiting\");\nawait Task.Delay(50);\nshown.Update(HTML(\"<b>done</b>\"));"),
            Code("int[] counts = [3, 0, 1];\ncounts.Sum()"),
            Code("counts[3]"),
            Code("counts.Length"));

        Assert.Equal("one\n", Text(outputs[0][0]!["text"]));
        Assert.Equal("stderr", (string?)outputs[0][1]!["name"]);
        Assert.Equal("<b>done</b>", Text(Assert.Single(outputs[1])!["data"]!["text/html"]));
        Assert.Equal("4", Text(outputs[2][0]!["data"]!["text/plain"]));
        Assert.Equal("IndexOutOfRangeException", (string?)outputs[3][0]!["ename"]);
        Assert.Contains("counts[3]", Text(outputs[3][0]!["traceback"]));
        Assert.Equal("3", Text(outputs[4][0]!["data"]!["text/plain"]));
    }

    [Fact]
    public void Jupyter_interrupts_a_loop_at_its_time_limit_and_the_next_cell_runs()
    {
        var outputs = Execute(["6"],
            Code("int epochs = 0;\nwhile (!NotebookHost.Current.Cancellation.IsCancellationRequested) { epochs++; Thread.Sleep(10); }\nConsole.Write(\"stopped\");"),
            Code("epochs > 0"));
        Assert.Equal("stopped", Text(outputs[0][0]!["text"]));
        Assert.Equal("true", Text(outputs[1][0]!["data"]!["text/plain"]));
    }

    private static JsonArray[] Execute(string[] options, params JsonObject[] cells)
    {
        Jupyter.Require();
        using var folder = new TemporaryFolder();
        var executed = folder.File("out.ipynb");
        Write(folder.File("in.ipynb"), cells);
        Jupyter.Execute(folder.File("in.ipynb"), executed, options);
        return Outputs(executed);
    }
}
