using System.Text.Json;

namespace ScFm.Kernel.Packages;

/// <summary>Reads the file in which a restore writes what it found (<c>project.assets.json</c>).</summary>
internal static class AssetsFile
{
    internal static ResolvedPackages Read(string path, string runtime)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        string[] folders = [.. root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        var target = root.GetProperty("targets").EnumerateObject()
            .First(candidate => candidate.Name.EndsWith("/" + runtime, StringComparison.Ordinal)).Value;

        var versions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        List<PackageAssembly> assemblies = [];
        List<string> natives = [];
        foreach (var library in target.EnumerateObject())
        {
            var name = library.Name.Split('/');
            var folder = Find(folders, root.GetProperty("libraries").GetProperty(library.Name).GetProperty("path").GetString()!);
            versions[name[0]] = name[1];
            assemblies.AddRange(Files(library.Value, "runtime", folder)
                .Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
                .Select(file => new PackageAssembly(name[0], file)));
            natives.AddRange(Files(library.Value, "native", folder));
        }

        return new ResolvedPackages(versions, assemblies, natives);
    }

    private static IEnumerable<string> Files(JsonElement library, string kind, string folder) =>
        library.TryGetProperty(kind, out var files)
            ? files.EnumerateObject().Where(file => !file.Name.EndsWith("_._", StringComparison.Ordinal)).Select(file => Path.Combine(folder, file.Name))
            : [];

    private static string Find(string[] folders, string package) =>
        folders.Select(folder => Path.Combine(folder, package)).FirstOrDefault(Directory.Exists) ?? Path.Combine(folders[0], package);
}
