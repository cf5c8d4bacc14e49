namespace ScFm.Kernel.Tests.Support;

/// <summary>Builds a native library from C.</summary>
internal static class NativeLibraryFile
{
    internal const string Compiler = "/usr/bin/cc";

    /// <returns>The path of <c>libNAME.so</c>.</returns>
    internal static string Build(TemporaryFolder folder, string name, string source)
    {
        var library = folder.File($"lib{name}.so");
        File.WriteAllText(folder.File(name + ".c"), source);
        var (exitCode, output) = Scfm.Command(Compiler, new Dictionary<string, string>(), "-shared", "-fPIC", "-o", library, folder.File(name + ".c"));
        Assert.True(exitCode == 0, output);
        return library;
    }
}
