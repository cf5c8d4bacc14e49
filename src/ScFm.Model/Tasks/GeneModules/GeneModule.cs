namespace ScFm.Model.Tasks.GeneModules;

/// <summary>Genes whose vectors lie together.</summary>
/// <param name="Name">Its name, M0 of the module with the most genes.</param>
/// <param name="Genes">Its genes, the most central first.</param>
/// <param name="Centrality">The cosine of each gene's vector with the module's mean vector, in the order of the genes.</param>
public sealed record GeneModule(string Name, IReadOnlyList<string> Genes, double[] Centrality);
