namespace ScFm.Kernel.Cells;

/// <summary>A magic command that does not exist or did not succeed.</summary>
internal sealed class MagicCommandException(string message) : PlainErrorException(message);
