namespace ScFm.Model.Devices;

/// <summary>The shared libraries that this process has loaded.</summary>
internal static class LoadedLibraries
{
    private const string Mappings = "/proc/self/maps";

    /// <summary>The path of a loaded library whose file name begins so; null where there is none.</summary>
    public static string? Find(string name) => !File.Exists(Mappings) ? null : File.ReadLines(Mappings)
        .Select(line => line.IndexOf('/') is > 0 and var start ? line[start..] : "")
        .FirstOrDefault(path => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal));
}
