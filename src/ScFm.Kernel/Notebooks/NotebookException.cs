namespace ScFm.Kernel.Notebooks;

/// <summary>A notebook could not be read or run.</summary>
internal sealed class NotebookException(string message) : Exception(message);
