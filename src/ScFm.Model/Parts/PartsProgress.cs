namespace ScFm.Model.Parts;

/// <summary>How far work in parts is.</summary>
/// <param name="Done">Cells that are done, by whomever.</param>
/// <param name="Total">Cells to do.</param>
/// <param name="IsWriting">True when all are done and the file is written of their parts.</param>
public readonly record struct PartsProgress(int Done, int Total, bool IsWriting);
