namespace ScFm.Tests;

/// <summary>Where the tests find the repository, its sample, real cells and the fixtures of the official implementations; a test whose data are absent is skipped.</summary>
internal static class TestFolders
{
    /// <summary>The repository's root: the folder of the solution.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>The simulated cells of samples-data, which are always there.</summary>
    internal static string Sample => Path.Combine(Root, "samples-data", "pbmc-simulated");

    /// <summary>The fixtures' folder, there or not.</summary>
    internal static string Fixtures => Named("SCFM_GOLDEN", "golden");

    /// <summary>A file or folder of real cells.</summary>
    internal static string Real(string name) => OrSkip("SCFM_DATA", Path.Combine(Named("SCFM_DATA", "data"), name));

    /// <summary>A file or folder of the fixtures.</summary>
    internal static string Fixture(string name) => OrSkip("SCFM_GOLDEN", Path.Combine(Fixtures, name));

    private static string Named(string variable, string shared) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder ? folder : Path.Combine(Root, "..", "shared", shared);

    private static string OrSkip(string variable, string path)
    {
        if (!Path.Exists(path))
        {
            Assert.Skip($"'{path}' is absent; name a folder that has it in {variable}.");
        }
        return path;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ScFm.Interactive.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ScFm.Interactive.sln.");
        }
        return folder;
    }
}
