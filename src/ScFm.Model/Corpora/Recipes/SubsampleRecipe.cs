using System.Globalization;

namespace ScFm.Model.Corpora;

/// <summary>Some cells of a corpus, drawn at random without replacement.</summary>
/// <param name="From">The corpus.</param>
/// <param name="Cells">How many.</param>
/// <param name="Seed">Seed of the draw.</param>
public sealed record SubsampleRecipe(Recipe From, int Cells, int Seed) : Recipe
{
    private protected override string Text => string.Create(CultureInfo.InvariantCulture, $"{Cells:N0} of {PartOf(From)}, seed {Seed}");

    internal override Corpus Replay(Func<OpenRecipe, CorpusSource> open) => From.Replay(open).Subsample(Cells, Seed);
}
