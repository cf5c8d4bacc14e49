using System.Globalization;

namespace ScFm.Model.Corpora;

/// <summary>Cells of a corpus that were named one by one.</summary>
/// <param name="From">The corpus.</param>
/// <param name="Cells">Their places in it, in order.</param>
/// <param name="Reason">What they are, for people.</param>
public sealed record CellsRecipe(Recipe From, IReadOnlyList<int> Cells, string Reason) : Recipe
{
    private protected override string Text => string.Create(CultureInfo.InvariantCulture, $"{Cells.Count:N0} cells of {PartOf(From)} ({Reason})");

    internal override Corpus Replay(Func<OpenRecipe, CorpusSource> open) => From.Replay(open).Choose(Cells, Reason);
}
