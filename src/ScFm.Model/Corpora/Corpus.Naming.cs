namespace ScFm.Model.Corpora;

public sealed partial class Corpus
{
    /// <summary>Cells that are named one by one, such as those that a study drew; the recipe holds them all.</summary>
    /// <param name="cells">Which, as places in this corpus, in any order, each once.</param>
    /// <param name="reason">What they are, for people.</param>
    /// <exception cref="ArgumentException">There is no such cell, or one is named twice.</exception>
    public Corpus Choose(IReadOnlyList<int> cells, string reason)
    {
        if (cells.Count != cells.Distinct().Count() || cells.Any(cell => cell < 0 || cell >= CellCount))
        {
            throw new ArgumentException($"{cells.Count} cells are named of '{Name}', {cells.Distinct().Count(cell => cell >= 0 && cell < CellCount)} of them different ones of its {CellCount}; expected each once.", nameof(cells));
        }
        return new Corpus(slices, [.. cells.Select(cell => places[cell])], VarNames, new CellsRecipe(Recipe, [.. cells], reason), Notes);
    }
}
