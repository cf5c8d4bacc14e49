using System.Globalization;

namespace ScFm.Model.Corpora;

/// <summary>Some cells of several corpora, drawn at random without replacement.</summary>
/// <param name="Parts">The corpora.</param>
/// <param name="Cells">How many cells of each.</param>
/// <param name="Seed">Seed of the draw.</param>
/// <param name="Genes">Which of their genes.</param>
public sealed record MixRecipe(IReadOnlyList<Recipe> Parts, IReadOnlyList<int> Cells, int Seed, GeneJoin Genes) : Recipe
{
    /// <summary>The corpora.</summary>
    public IReadOnlyList<Recipe> Parts { get; } = Whole(Parts, "parts of a mix");

    /// <summary>How many cells of each.</summary>
    public IReadOnlyList<int> Cells { get; } = Cells.Count == Parts.Count ? Cells : throw new ArgumentException($"A mix of {Parts.Count} parts has {Cells.Count} numbers of cells; expected one each.");

    private protected override string Text => string.Create(CultureInfo.InvariantCulture,
        $"{string.Join(" + ", Parts.Zip(Cells, (part, cells) => string.Create(CultureInfo.InvariantCulture, $"{cells:N0} of {PartOf(part)}")))}, seed {Seed}{(Genes == GeneJoin.Outer ? ", genes of any" : "")}");

    internal override Corpus Replay(Func<OpenRecipe, CorpusSource> open) => Corpus.Mix([.. Parts.Zip(Cells, (part, cells) => (part.Replay(open), cells))], Seed, Genes);
}
