using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ScFm.Kernel.Packages;

/// <summary>
/// A folder of packages. A developer rebuilds a package there under its old version, which NuGet would not notice: it trusts
/// that a version never changes.
/// </summary>
internal static partial class LocalFeed
{
    /// <summary>What tells one state of the folder from another: names, sizes and times.</summary>
    internal static IEnumerable<string> State(string folder) =>
        Packages(folder).Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}");

    /// <summary>Removes the extracted copies of packages whose file in the folder has other content.</summary>
    internal static void EvictStaleCopies(string folder, string packagesFolder)
    {
        foreach (var file in Packages(folder))
        {
            var name = PackageName().Match(file.Name);
            var id = name.Groups[1].Value.ToLowerInvariant();
            var version = name.Groups[2].Value.ToLowerInvariant();
            var copy = Path.Combine(packagesFolder, id, version);
            var recorded = Path.Combine(copy, $"{id}.{version}.nupkg.sha512");
            if (File.Exists(recorded) && File.ReadAllText(recorded).Trim() != Convert.ToBase64String(SHA512.HashData(File.ReadAllBytes(file.FullName))))
            {
                // Moved first: another process sees the copy whole or not at all.
                var doomed = $"{copy}.{Guid.NewGuid():N}";
                Directory.Move(copy, doomed);
                Directory.Delete(doomed, recursive: true);
            }
        }
    }

    private static IEnumerable<FileInfo> Packages(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*.nupkg").Where(file => PackageName().IsMatch(file.Name)).OrderBy(file => file.Name, StringComparer.Ordinal);

    [GeneratedRegex(@"^(.+?)\.(\d+(?:\.\d+)+(?:[-+].*)?)\.nupkg$", RegexOptions.IgnoreCase)]
    private static partial Regex PackageName();
}
