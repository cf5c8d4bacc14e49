namespace ScFm.Model.Corpora;

/// <summary>All cells of several corpora, one after another.</summary>
/// <param name="Parts">The corpora.</param>
/// <param name="Genes">Which of their genes.</param>
public sealed record JoinRecipe(IReadOnlyList<Recipe> Parts, GeneJoin Genes) : Recipe
{
    /// <summary>The corpora.</summary>
    public IReadOnlyList<Recipe> Parts { get; } = Whole(Parts, "parts of a join");

    /// <summary>The recipe of a join, where a first part that is a join of the same kind of genes goes up in it: corpora joined in a row are one list.</summary>
    internal static JoinRecipe Of(IReadOnlyList<Recipe> parts, GeneJoin genes) =>
        new(parts is [JoinRecipe first, ..] && first.Genes == genes ? [.. first.Parts, .. parts.Skip(1)] : parts, genes);

    private protected override string Text => string.Join(" + ", Parts.Select(PartOf)) + (Genes == GeneJoin.Outer ? ", genes of any" : "");

    internal override Corpus Replay(Func<OpenRecipe, CorpusSource> open) => Corpus.Join([.. Parts.Select(part => part.Replay(open))], Genes);
}
