namespace ScFm.Interactive.Figures;

/// <summary>A named stretch of an axis.</summary>
/// <param name="Label">Its name.</param>
/// <param name="From">Where it begins on the axis.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Colour">Its colour.</param>
public sealed record Band(string Label, double From, double To, Colour Colour);
