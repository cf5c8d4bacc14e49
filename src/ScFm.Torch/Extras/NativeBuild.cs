using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ScFm.Torch.Extras;

/// <summary>Compiles the native part for another libtorch than the one that the bundled library was built for.</summary>
public static partial class NativeBuild
{
    /// <summary>The folder of builds, one a libtorch version: <c>~/.cache/scfm/native</c> (or under XDG_CACHE_HOME).</summary>
    public static string CacheFolder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "scfm", "native");

    /// <summary>The native sources, shipped beside the assembly.</summary>
    public static string SourceFolder
    {
        get
        {
            var beside = Path.GetDirectoryName(typeof(NativeBuild).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
            var packaged = Path.GetFullPath(Path.Combine(beside, "..", "..", "native"));
            var local = Path.Combine(beside, "native");
            return File.Exists(Path.Combine(local, "CMakeLists.txt")) || !Directory.Exists(packaged) ? local : packaged;
        }
    }

    /// <summary>Where the library for this libtorch lies, whether it was built yet or not.</summary>
    /// <param name="libtorchFolder">A libtorch folder, or the torch folder of a Python installation.</param>
    public static string LibraryFor(string libtorchFolder) => Path.Combine(CacheFolder, VersionOf(libtorchFolder), "libscfmtorch.so");

    /// <summary>Compiles with cmake and ninja, and returns the path of the library.</summary>
    /// <param name="libtorchFolder">A libtorch folder, or the torch folder of a Python installation.</param>
    /// <param name="log">Gets each line that the compiler prints.</param>
    /// <exception cref="DirectoryNotFoundException">The folder has no TorchConfig.cmake.</exception>
    /// <exception cref="InvalidOperationException">The compiler failed.</exception>
    public static string Build(string libtorchFolder, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (ConfigOf(libtorchFolder) is null)
            throw new DirectoryNotFoundException(
                $"{libtorchFolder} is not a libtorch folder: TorchConfig.cmake was not found in its share/cmake/Torch or lib/cmake/Torch.");
        var library = LibraryFor(libtorchFolder);
        var folder = Path.Combine(Path.GetDirectoryName(library)!, "build");
        Directory.CreateDirectory(folder);
        Run(log, "-S", SourceFolder, "-B", folder, "-G", "Ninja", $"-DTorch_DIR={Path.GetDirectoryName(ConfigOf(libtorchFolder))}", $"-DSCFM_LIBTORCH={libtorchFolder}");
        Run(log, "--build", folder);
        var temporary = library + ".new";
        File.Copy(Path.Combine(folder, "libscfmtorch.so"), temporary, overwrite: true);
        File.Move(temporary, library, overwrite: true);
        return library;
    }

    private static string VersionOf(string libtorchFolder)
    {
        var plain = Path.Combine(libtorchFolder, "build-version");
        if (File.Exists(plain)) return File.ReadAllText(plain).Trim();
        var python = Path.Combine(libtorchFolder, "version.py");
        if (File.Exists(python)
            && File.ReadLines(python).FirstOrDefault(line => line.StartsWith("__version__", StringComparison.Ordinal)) is { } line)
            return line.Split('\'', '"')[1];
        var config = ConfigOf(libtorchFolder) is { } found ? Path.Combine(Path.GetDirectoryName(found)!, "TorchConfigVersion.cmake") : "";
        return File.Exists(config) && PackageVersion().Match(File.ReadAllText(config)) is { Success: true } match ? match.Groups[1].Value : "unknown";
    }

    [GeneratedRegex("PACKAGE_VERSION \"([^\"]+)\"")]
    private static partial Regex PackageVersion();

    /// <summary>CMake's description of a libtorch: in libtorch's own layout, in Python's, or in Debian's.</summary>
    private static string? ConfigOf(string folder) => new[] { "share/cmake", "lib/cmake", "lib/x86_64-linux-gnu/cmake", "lib/aarch64-linux-gnu/cmake" }
        .Select(part => Path.Combine(folder, part, "Torch", "TorchConfig.cmake")).FirstOrDefault(File.Exists);

    private static void Run(Action<string> log, params string[] arguments)
    {
        var start = new ProcessStartInfo("cmake") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("cmake could not be started.");
        process.OutputDataReceived += (_, e) => { if (e.Data is not null) log(e.Data); };
        process.ErrorDataReceived += (_, e) => { if (e.Data is not null) log(e.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"cmake {string.Join(' ', arguments)} ended with {process.ExitCode}; its output says why.");
    }
}
