using System.Text.Json.Nodes;
using ScFm.Kernel.Tests.Support;
using static ScFm.Kernel.Tests.Notebooks.TestNotebook;

namespace ScFm.Kernel.Tests.Notebooks;

public sealed class RunCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Notebook => folder.File("story.ipynb");

    [Fact]
    public void Outputs_are_written_into_the_notebook()
    {
        Write(Notebook, Prose("# Story"), Code("Console.WriteLine(\"a\");\nConsole.WriteLine(\"b\");"), Code("var d = display(1); d.Update(2);"), Code("6 * 7"));
        var (exitCode, output) = Scfm.Run("run", Notebook);
        Assert.True(exitCode == 0, output);
        var outputs = Outputs(Notebook);
        Assert.Equal(["a\n", "b\n"], ((JsonArray)outputs[0][0]!["text"]!).Select(line => (string?)line));
        Assert.Equal("2", Text(Assert.Single(outputs[1])!["data"]!["text/plain"]));
        Assert.Equal("42", Text(outputs[2][0]!["data"]!["text/plain"]));
        Assert.Equal([Notebook], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_failing_cell_is_named_and_ends_the_run_and_what_came_before_is_kept()
    {
        Write(Notebook, Code("\"before\""), Code("\nint.Parse(\"x\")"), Code("Console.Write(\"after\");"));
        var (exitCode, output) = Scfm.Run("run", Notebook);
        Assert.Equal(1, exitCode);
        Assert.Contains($"Cell [2] of {Notebook} failed.", output);
        Assert.Contains("line 2", output);
        var outputs = Outputs(Notebook);
        Assert.Equal("\"before\"", $"\"{Text(outputs[0][0]!["data"]!["text/plain"]).Trim('"')}\"");
        Assert.Equal("FormatException", (string?)outputs[1][0]!["ename"]);
        Assert.Empty(outputs[2]);
    }

    [Fact]
    public void The_page_holds_prose_code_and_outputs_and_asks_for_nothing_else()
    {
        Write(Notebook,
            Prose("# Cells & genes\n\nA *short* story with [a link](https://example.org).\n\n| gene | mean |\n|---|---|\n| CD3E | 1.5 |"),
            Code("// how many\nstring name = \"<script>alert(1)</script>\";\nConsole.Write(name);"),
            Code("HTML(\"<svg id='drawn'></svg>\")"),
            Code("throw new Exception(\"broken & bad\");"));
        var page = folder.File("page.html");
        Assert.Equal(1, Scfm.Run("run", Notebook, "--html", page).ExitCode);
        var html = File.ReadAllText(page);
        Assert.Contains("<title>Cells &amp; genes</title>", html);
        Assert.Contains("<em>short</em>", html);
        Assert.Contains("<td>CD3E</td>", html);
        Assert.Contains("<span class=\"k\">string</span> name", html);
        Assert.Contains("<span class=\"c\">// how many</span>", html);
        Assert.Contains("<svg id='drawn'></svg>", html);
        Assert.Contains("broken &amp; bad", html);
        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotMatch("(?i)(src|<link[^>]*href)\\s*=\\s*[\"']?(https?:)?//", html);
    }

    [Fact]
    public void A_picture_beside_the_notebook_travels_inside_the_page()
    {
        File.WriteAllBytes(folder.File("dot.png"), [137, 80, 78, 71]);
        Write(Notebook, Prose("![dot](dot.png)"));
        Assert.Equal(0, Scfm.Run("run", Notebook, "--html").ExitCode);
        Assert.Contains("src=\"data:image/png;base64,iVBORw==\"", File.ReadAllText(folder.File("story.html")));
    }

    [Fact]
    public void Parameters_replace_the_defaults_and_keep_their_types()
    {
        Write(Notebook, Code("var cells = \"none\"; // where\ndouble depth = 1;", "parameters"), Code("$\"{cells} {depth / 4}\""));
        var executed = folder.File("executed.ipynb");
        var (exitCode, output) = Scfm.Run("run", Notebook, "--output", executed, "--param", "cells=10", "--param", "depth=3");
        Assert.True(exitCode == 0, output);
        var outputs = Outputs(executed);
        Assert.Equal(3, outputs.Length);
        Assert.Equal("10 0.75", Text(outputs[2][0]!["data"]!["text/plain"]).Trim('"'));
        Assert.Equal(2, Outputs(Notebook).Length);
    }

    [Fact]
    public void A_parameter_that_the_notebook_lacks_is_told_and_nothing_is_run()
    {
        Write(Notebook, Code("int epochs = 1, seed = 2;", "parameters"));
        var (exitCode, output) = Scfm.Run("run", Notebook, "--param", "epoch=3");
        Assert.Equal(2, exitCode);
        Assert.Equal("The notebook has no parameter 'epoch': one of epochs, seed was expected.", output.TrimEnd());

        Write(Notebook, Code("int epochs = 1;"));
        Assert.Contains("takes no parameters", Scfm.Run("run", Notebook, "--param", "epochs=3").Output);
    }

    [Fact]
    public void A_second_run_with_parameters_replaces_those_of_the_first()
    {
        Write(Notebook, Code("int epochs = 1;", "parameters"), Code("epochs"));
        Scfm.Run("run", Notebook, "--param", "epochs=3");
        Assert.Equal(0, Scfm.Run("run", Notebook, "--param", "epochs=4").ExitCode);
        var outputs = Outputs(Notebook);
        Assert.Equal(3, outputs.Length);
        Assert.Equal("4", Text(outputs[2][0]!["data"]!["text/plain"]));
    }

    [Fact]
    public void A_path_given_as_a_parameter_is_meant_from_where_the_command_is_typed()
    {
        Write(Notebook, Code("string cells = \"\";", "parameters"), Code("System.IO.Path.IsPathRooted(cells)"));
        Assert.Equal(0, Scfm.Run("run", Notebook, "--param", "cells=.").ExitCode);
        Assert.Equal("true", Text(Outputs(Notebook)[2][0]!["data"]!["text/plain"]));
    }

    [Theory]
    [InlineData(null, "does not exist")]
    [InlineData("{ \"cells\": [", "is not JSON")]
    [InlineData("{ \"nbformat\": 3, \"worksheets\": [] }", "not a notebook of format 4")]
    public void A_file_that_is_no_notebook_is_told_in_one_line(string? content, string expected)
    {
        if (content is not null)
        {
            File.WriteAllText(Notebook, content);
        }

        var (exitCode, output) = Scfm.Run("run", Notebook);
        Assert.Equal(2, exitCode);
        Assert.Contains(expected, output);
        Assert.Single(output.TrimEnd().Split('\n'));
    }

    public void Dispose() => folder.Dispose();
}
