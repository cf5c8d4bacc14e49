using System.Globalization;

namespace ScFm.Model.Corpora;

/// <summary>Some genes of a corpus.</summary>
/// <param name="From">The corpus.</param>
/// <param name="Genes">Their names, in order.</param>
public sealed record GenesRecipe(Recipe From, IReadOnlyList<string> Genes) : Recipe
{
    /// <summary>Their names, in order.</summary>
    public IReadOnlyList<string> Genes { get; } = Whole(Genes, "genes");

    private protected override string Text => string.Create(CultureInfo.InvariantCulture, $"{PartOf(From)} with {Genes.Count:N0} chosen genes");

    internal override Corpus Replay(Func<OpenRecipe, CorpusSource> open) => From.Replay(open).SelectGenes(Genes);
}
