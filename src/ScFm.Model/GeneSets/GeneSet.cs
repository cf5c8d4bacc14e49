namespace ScFm.Model.GeneSets;

/// <summary>Genes that have something in common, such as a pathway.</summary>
/// <param name="Name">Its name, unique in its collection.</param>
/// <param name="Description">What the file says of it, often an address; may be empty.</param>
/// <param name="Genes">The genes' symbols, each once, in the order of the file.</param>
public sealed record GeneSet(string Name, string Description, IReadOnlyList<string> Genes);
