using ScFm.Kernel.Cells;

namespace ScFm.Kernel.Packages;

/// <summary>A package or an assembly could not be had.</summary>
internal sealed class PackageException(string message) : PlainErrorException(message);
