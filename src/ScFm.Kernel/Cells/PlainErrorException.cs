namespace ScFm.Kernel.Cells;

/// <summary>An error that its sentence explains in full: it is shown without a type and without a trace.</summary>
internal abstract class PlainErrorException(string message) : Exception(message);
