namespace ScFm.Model.Tests.Cells;

/// <summary>Where the tests find real cells, fixtures and the sample; a test whose folder is absent is skipped.</summary>
internal static class CellsData
{
    internal static string Real(string name) => Within("SCFM_DATA", "data", name);

    internal static string Golden(string name) => Within("SCFM_GOLDEN", "golden", name);

    internal static string Sample => Path.Combine(Root, "samples-data", "pbmc-simulated");

    internal static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Directory.Packages.props")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
            }
            return folder;
        }
    }

    private static string Within(string variable, string shared, string name)
    {
        var folder = Environment.GetEnvironmentVariable(variable) ?? Path.Combine(Root, "..", "shared", shared);
        var path = Path.Combine(folder, name);
        if (!Path.Exists(path))
        {
            Assert.Skip($"{variable} has no {name}: '{path}' is absent.");
        }
        return path;
    }
}
