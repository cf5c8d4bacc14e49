namespace ScFm.Kernel.Packages;

/// <summary>A package that a cell asks for.</summary>
/// <param name="Id">Name of the package.</param>
/// <param name="Version">A version, which is the lowest accepted; a floating one such as <c>1.*</c> or <c>*-*</c>; <c>*</c> is the newest stable.</param>
internal sealed record PackageRequest(string Id, string Version)
{
    internal bool IsFloating => Version.Contains('*', StringComparison.Ordinal);
}
