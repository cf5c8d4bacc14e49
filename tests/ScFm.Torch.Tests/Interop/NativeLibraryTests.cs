using ScFm.Torch.Extras;
using ScFm.Torch.Interop;

namespace ScFm.Torch.Tests.Interop;

public sealed class NativeLibraryTests
{
    [Fact]
    public void A_library_that_cannot_be_loaded_says_what_to_install()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "not a library");
            var error = Assert.Throws<DllNotFoundException>(() => NativeResolver.Load([path]));
            Assert.Contains("libtorch-dev", error.Message);
            Assert.Contains("LIBTORCH", error.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_library_that_is_nowhere_says_where_it_was_looked_for() =>
        Assert.Contains("/nowhere/a.so, /nowhere/b.so", Assert.Throws<DllNotFoundException>(() => NativeResolver.Load(["/nowhere/a.so", "/nowhere/b.so"])).Message);

    [Fact]
    public void A_folder_without_libtorch_is_named()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<DirectoryNotFoundException>(() => NativeBuild.Build(folder.Path, _ => { }));
        Assert.Contains(folder.Path, error.Message);
    }

    [Fact]
    public void The_native_sources_travel_with_the_assembly()
    {
        Assert.True(File.Exists(Path.Combine(NativeBuild.SourceFolder, "CMakeLists.txt")), NativeBuild.SourceFolder);
        Assert.True(File.Exists(Path.Combine(NativeBuild.SourceFolder, "pointwise.inc")));
    }

    [Fact]
    public void The_native_part_compiles_for_a_named_libtorch()
    {
        var libtorch = Environment.GetEnvironmentVariable("SCFM_TEST_LIBTORCH");
        if (libtorch is null) Assert.Skip("SCFM_TEST_LIBTORCH names no libtorch to compile for (Debian's is /usr); it takes a minute");
        List<string> lines = [];
        var library = NativeBuild.Build(libtorch, line => { lock (lines) lines.Add(line); });
        Assert.Equal(NativeBuild.LibraryFor(libtorch), library);
        Assert.NotEqual(IntPtr.Zero, NativeResolver.Load([library]));
        Assert.Contains(lines, line => line.Contains("Found Torch"));
    }
}
