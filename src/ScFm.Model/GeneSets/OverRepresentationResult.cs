namespace ScFm.Model.GeneSets;

/// <summary>How many genes a list shares with a gene set.</summary>
/// <param name="List">The list's name.</param>
/// <param name="Set">The gene set.</param>
/// <param name="Size">Genes of the set in the background.</param>
/// <param name="Shared">The genes of both, in the order of the list.</param>
/// <param name="Expected">How many would be shared by chance: size of the list times size of the set over the background.</param>
/// <param name="PValue">How likely as many or more are shared by a list of as many genes drawn from the background (hypergeometric).</param>
/// <param name="FalseDiscoveryRate">q over all lists and sets together (Benjamini and Hochberg 1995).</param>
public sealed record OverRepresentationResult(
    string List, GeneSet Set, int Size, IReadOnlyList<string> Shared, double Expected, double PValue, double FalseDiscoveryRate)
{
    /// <summary>How many times as many genes are shared as by chance.</summary>
    public double Fold => Shared.Count / Expected;
}
