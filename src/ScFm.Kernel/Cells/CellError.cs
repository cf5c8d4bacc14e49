namespace ScFm.Kernel.Cells;

/// <summary>Why a cell failed, as a front end shows it.</summary>
/// <param name="Name">Kind of error, such as the exception's type.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Trace">Lines, with ANSI colours.</param>
internal sealed record CellError(string Name, string Message, IReadOnlyList<string> Trace);
