using System.Text.Json.Nodes;
using ScFm.Kernel.Notebooks;
using ScFm.Kernel.Tests.Notebooks;
using ScFm.Kernel.Tests.Support;

namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>A notebook of this repository, executed once by Jupyter's own nbclient, exported by nbconvert and opened in a browser.</summary>
public abstract class Tutorial : IDisposable
{
    private static readonly string Root = Feed.Root;

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _notebook;
    private readonly Lazy<(BrowserPage Exported, BrowserPage Own)> _pages;

    /// <param name="name">The notebook's file, in the folder notebooks.</param>
    /// <param name="parameters">Gives the notebook's parameters, or skips the test; those that end in Path are of files.</param>
    /// <param name="limit">Time for a cell of the notebook.</param>
    private protected Tutorial(string name, Func<Dictionary<string, string>> parameters, TimeSpan limit)
    {
        _notebook = new(() => Execute(name, parameters(), limit));
        _pages = new(() =>
        {
            Task<BrowserPage> own = Task.Run(() => Open(Render())); // both start a browser, which is slow
            return (Open(Export()), own.GetAwaiter().GetResult());
        });
    }

    /// <summary>The executed notebook.</summary>
    internal string Notebook => _notebook.Value;

    /// <summary>What the cells showed, in order.</summary>
    internal IReadOnlyList<CellOutput> Outputs => [.. TestNotebook.Outputs(Notebook).SelectMany((outputs, cell) => outputs.Select(output => new CellOutput(cell, (JsonObject)output!)))];

    /// <summary>The page that nbconvert makes of it.</summary>
    internal BrowserPage Exported => _pages.Value.Exported;

    /// <summary>The page that <c>scfm run --html</c> makes of it.</summary>
    internal BrowserPage Own => _pages.Value.Own;

    private string Execute(string name, Dictionary<string, string> parameters, TimeSpan limit)
    {
        foreach ((string parameter, string path) in parameters.Where(parameter => parameter.Key.EndsWith("Path", StringComparison.Ordinal)))
        {
            if (!Path.Exists(path))
            {
                Assert.Skip($"There are no cells at {path}.");
            }

            parameters[parameter] = Path.GetFullPath(path);
        }

        Jupyter.Require();
        Feed.Refresh();
        // The notebook writes to ../artifacts.
        string place = Directory.CreateDirectory(_folder.File("notebooks")).FullName;
        string source = Path.Combine(place, name);
        string executed = Path.Combine(place, "executed.ipynb");
        NotebookFile file = NotebookFile.Read(Path.Combine(Root, "notebooks", name));
        NotebookParameters.Inject(file.Cells, parameters);
        file.Write(source);
        Jupyter.Execute(source, executed, $"{limit.TotalSeconds:F0}");
        return executed;
    }

    private string Export()
    {
        string page = Path.ChangeExtension(Notebook, ".html");
        (int exitCode, string output) = Jupyter.Run(Path.GetDirectoryName(Notebook)!, "-m", "nbconvert", "--to", "html", "--output", page, Notebook);
        Assert.True(exitCode == 0, output);
        return page;
    }

    private string Render()
    {
        string page = Path.ChangeExtension(Notebook, ".own.html");
        File.WriteAllText(page, NotebookPage.Render(NotebookFile.Read(Notebook).Cells, Notebook));
        return page;
    }

    private BrowserPage Open(string page)
    {
        string picture = Path.ChangeExtension(page, ".png");
        BrowserPage opened = BrowserPage.Open(page, picture);
        Keep(page, picture, Notebook);
        return opened;
    }

    /// <summary>Leaves files for a person to look at, in the folder that SCFM_TEST_PAGES names.</summary>
    private void Keep(params string[] files)
    {
        if (Environment.GetEnvironmentVariable("SCFM_TEST_PAGES") is { Length: > 0 } pages)
        {
            foreach (string file in files)
            {
                File.Copy(file, Path.Combine(Directory.CreateDirectory(pages).FullName, $"{GetType().Name}.{Path.GetFileName(file)}"), overwrite: true);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
