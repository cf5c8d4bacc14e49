namespace ScFm.Kernel.Packages;
internal sealed class PackageLoader
{
    internal string LoadReferences(string code, CancellationToken cancellation) => code;
}
