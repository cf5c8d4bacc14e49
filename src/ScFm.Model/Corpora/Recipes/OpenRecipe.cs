namespace ScFm.Model.Corpora;

/// <summary>All cells of one source.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Path">The file or folder it was opened from; null for cells that were given as an object.</param>
/// <param name="Identity">Tells its contents: other cells under the same name are noticed.</param>
/// <param name="Cells">Number of cells.</param>
public sealed record OpenRecipe(string Name, string? Path, string Identity, int Cells) : Recipe
{
    private protected override string Text => Name;

    private protected override string Part => Name;

    internal override Corpus Replay(Func<OpenRecipe, CorpusSource> open)
    {
        var source = open(this);
        return source.Identity == Identity
            ? Corpus.Of(source)
            : throw new InvalidDataException($"'{Path ?? Name}' has changed since the recipe was made: its cells are {source.Identity}; expected {Identity}, {Cells} cells.");
    }
}
