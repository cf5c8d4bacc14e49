using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace ScFm.Kernel.Packages;

/// <summary>
/// Finds packages and all that they need by <c>dotnet restore</c> of a generated project, so that the user's NuGet settings and
/// credentials hold. Each request has its folder in the cache; asked again, it is answered from there.
/// </summary>
internal sealed class PackageRestore
{
    /// <summary>How long "the newest version" stays an answer.</summary>
    private static readonly TimeSpan FloatingLifetime = TimeSpan.FromDays(1);

    private static readonly string Framework = $"net{Environment.Version.Major}.0";
    private static readonly string Runtime = RuntimeInformation.RuntimeIdentifier;

    private readonly string cache;

    /// <param name="cache">Folder of earlier answers; by default in the user's cache.</param>
    internal PackageRestore(string? cache = null) => this.cache = cache ?? Path.Combine(UserCache(), "scfm", "restore");

    /// <summary>Resolves all packages of a notebook together.</summary>
    /// <param name="packages">What was asked for, in this cell and before.</param>
    /// <param name="sources">Feeds and folders beyond the configured ones.</param>
    /// <param name="cancellation">Ends the restore.</param>
    /// <exception cref="PackageException">A package cannot be found or does not fit; the message is NuGet's.</exception>
    internal ResolvedPackages Resolve(IReadOnlyList<PackageRequest> packages, IReadOnlyList<string> sources, CancellationToken cancellation)
    {
        string[] folders = [.. sources.Where(Directory.Exists)];
        var work = Path.Combine(cache, Key(packages, sources, folders));
        var assets = Path.Combine(work, "obj", "project.assets.json");
        var answer = Path.Combine(work, "complete");
        Directory.CreateDirectory(work);
        using var turn = WaitForTurn(Path.Combine(work, "lock"), cancellation);
        var isFresh = File.Exists(answer) && (!packages.Any(package => package.IsFloating) || DateTime.UtcNow - File.GetLastWriteTimeUtc(answer) < FloatingLifetime);
        if (isFresh && AssetsFile.Read(assets, Runtime) is var known && known.AllFilesExist())
        {
            return known;
        }

        Console.WriteLine($"Restoring {string.Join(", ", packages.Select(package => package.Id))} ...");
        File.Delete(answer);
        foreach (var folder in folders)
        {
            LocalFeed.EvictStaleCopies(folder, PackagesFolder());
        }

        WriteProject(work, packages, sources);
        DotnetCommand.Run(["restore", Path.Combine(work, "packages.csproj"), "--nologo", "--verbosity", "quiet", "--force"], work, cancellation);
        File.WriteAllText(answer, "");
        return AssetsFile.Read(assets, Runtime);
    }

    private static string Key(IReadOnlyList<PackageRequest> packages, IReadOnlyList<string> sources, string[] folders)
    {
        IEnumerable<string> parts = [Framework, Runtime, Environment.CurrentDirectory, PackagesFolder(),
            .. packages.Select(package => $"{package.Id.ToLowerInvariant()} {package.Version}").Order(StringComparer.Ordinal),
            .. sources, .. folders.SelectMany(LocalFeed.State)];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..32];
    }

    private void WriteProject(string work, IReadOnlyList<PackageRequest> packages, IReadOnlyList<string> sources)
    {
        // Empty ones, so that none of a folder above is taken.
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.WriteAllText(Path.Combine(work, name), "<Project />");
        }

        var references = packages.Select(package =>
            $"""    <PackageReference Include="{Escape(package.Id)}" Version="{Escape(package.Version)}" />""");
        File.WriteAllText(Path.Combine(work, "packages.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{Framework}</TargetFramework>
                <RuntimeIdentifier>{Runtime}</RuntimeIdentifier>
                <UseAppHost>false</UseAppHost>
                <SelfContained>false</SelfContained>
                <EnableDefaultItems>false</EnableDefaultItems>
                <NuGetAudit>false</NuGetAudit>
                <RestoreRootConfigDirectory>{Escape(Environment.CurrentDirectory)}</RestoreRootConfigDirectory>
                <RestoreAdditionalProjectSources>{Escape(string.Join(';', sources))}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', references)}
              </ItemGroup>
            </Project>
            """);
    }

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static FileStream WaitForTurn(string path, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                Thread.Sleep(100);
            }
        }
    }

    private static string PackagesFolder() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string UserCache() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
