namespace ScFm.Interactive.Figures.Marks;

/// <summary>Texts centred on points of the panel, such as the names of clusters.</summary>
/// <param name="X">One horizontal coordinate a text.</param>
/// <param name="Y">One vertical coordinate a text.</param>
/// <param name="Labels">The texts.</param>
public sealed record Texts(IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<string> Labels) : Mark;
