namespace ScFm.Model.Tests.Graphs;

/// <summary>Where the tests run.</summary>
internal static class TestFolders
{
    /// <summary>The repository's root: the folder of the solution.</summary>
    internal static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ScFm.Interactive.sln")) || Path.GetDirectoryName(folder) is not { } parent ? folder : Find(parent);
}
