namespace ScFm.Model.Models.DeepCdr;

/// <summary>A table of what is known of each cell line, and the part of the network that reads it.</summary>
/// <param name="Name">The table's name, such as methylation; unique in a model.</param>
/// <param name="Width">Numbers a cell line.</param>
/// <param name="Convolved">True for a long row of marks whose order has a meaning, such as mutations along the genome, which is read by convolutions; false for two dense layers. Default: false.</param>
public sealed record CellBranch(string Name, int Width, bool Convolved = false);
