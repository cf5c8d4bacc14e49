using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ScFm.Kernel.Scripting;
using ScFm.Kernel.Tests.Support;

namespace ScFm.Kernel.Tests.Packages;

/// <summary>Makes a real package: an assembly from C#, and a native library from C.</summary>
internal static class PackedPackage
{
    /// <param name="feed">Folder that receives <c>ID.VERSION.nupkg</c>.</param>
    /// <param name="id">Name of the package and its assembly.</param>
    /// <param name="version">Version of both.</param>
    /// <param name="source">C#.</param>
    /// <param name="native">C of the library <c>greeter</c>, or null for none.</param>
    internal static void Pack(string feed, string id, string version, string source, string? native = null)
    {
        using var file = File.Create(Path.Combine(feed, $"{id}.{version}.nupkg"));
        using var package = new ZipArchive(file, ZipArchiveMode.Create);
        Add(package, $"{id}.nuspec", System.Text.Encoding.UTF8.GetBytes($"""
            <?xml version="1.0"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{id}</id><version>{version}</version><authors>tests</authors><description>A package of the tests.</description>
                <dependencies><group targetFramework="net10.0" /></dependencies></metadata>
            </package>
            """));
        Add(package, $"lib/net10.0/{id}.dll", Compile(id, version, source));
        if (native is not null)
        {
            Add(package, "runtimes/linux-x64/native/libgreeter.so", CompileNative(native));
        }
    }

    private static byte[] Compile(string name, string version, string source)
    {
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText($"[assembly: System.Reflection.AssemblyVersion(\"{version}.0\")]"), CSharpSyntaxTree.ParseText(source)],
            ScriptReferences.TrustedAssemblies().Where(path => ScriptReferences.IsFramework(path) || path.EndsWith("ScFm.Interactive.dll")).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return stream.ToArray();
    }

    private static byte[] CompileNative(string source)
    {
        using var folder = new TemporaryFolder();
        return File.ReadAllBytes(NativeLibraryFile.Build(folder, "greeter", source));
    }

    private static void Add(ZipArchive package, string name, byte[] content)
    {
        using var entry = package.CreateEntry(name).Open();
        entry.Write(content);
    }
}
