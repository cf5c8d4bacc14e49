namespace ScFm.Kernel.Packages;

/// <summary>An assembly of a package.</summary>
/// <param name="Package">Name of the package.</param>
/// <param name="Path">File in the packages folder.</param>
internal sealed record PackageAssembly(string Package, string Path);
