using System.IO.Compression;
using System.Security.Cryptography;
using ScFm.Kernel.Tests.Support;

namespace ScFm.Kernel.Tests.Quickstart;

/// <summary>The checkout's own packages, which <c>#r "nuget: ScFm.Interactive"</c> takes.</summary>
internal static class Feed
{
    private const string Package = "ScFm.Interactive";

    /// <summary>The checkout.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Packs when there is no package, or when it holds another build than the one under test.</summary>
    internal static void Refresh()
    {
        if (!IsFresh())
        {
            (int exitCode, string output) = Scfm.Command(Path.Combine(Root, "scfm"), new Dictionary<string, string>(), "pack");
            Assert.True(exitCode == 0 && IsFresh(), $"./scfm pack left no package of this build in artifacts/feed.\n{output}");
        }
    }

    private static bool IsFresh()
    {
        string? package = Directory.Exists(Path.Combine(Root, "artifacts", "feed"))
            ? Directory.EnumerateFiles(Path.Combine(Root, "artifacts", "feed"), $"{Package}.*.nupkg").SingleOrDefault()
            : null;
        if (package is null)
        {
            return false;
        }

        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream? packed = archive.GetEntry($"lib/net10.0/{Package}.dll")?.Open();
        using FileStream built = File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{Package}.dll"));
        return packed is not null && SHA256.HashData(packed).SequenceEqual(SHA256.HashData(built));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ScFm.Interactive.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ScFm.Interactive.sln.");
        }

        return folder.FullName;
    }
}
