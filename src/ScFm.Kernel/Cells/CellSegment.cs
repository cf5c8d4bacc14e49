namespace ScFm.Kernel.Cells;

/// <summary>A stretch of a cell: C# code, or one magic command.</summary>
/// <param name="IsMagic">Whether it is a magic command.</param>
/// <param name="Text">The command from <c>#!</c> on; or the code, with empty lines in place of all that is not part of it, so that its lines keep their numbers.</param>
internal sealed record CellSegment(bool IsMagic, string Text);
