namespace ScFm.Kernel.Packages;

/// <summary>What a restore found.</summary>
/// <param name="Versions">Package name to version, of all packages.</param>
/// <param name="Assemblies">Managed files to load and to compile against, with the package that brings each.</param>
/// <param name="NativeLibraries">Native files for this machine.</param>
internal sealed record ResolvedPackages(
    IReadOnlyDictionary<string, string> Versions, IReadOnlyList<PackageAssembly> Assemblies, IReadOnlyList<string> NativeLibraries)
{
    internal bool AllFilesExist() => Assemblies.All(assembly => File.Exists(assembly.Path)) && NativeLibraries.All(File.Exists);
}
