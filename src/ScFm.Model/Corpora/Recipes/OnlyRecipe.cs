namespace ScFm.Model.Corpora;

/// <summary>The cells of some labels of a corpus.</summary>
/// <param name="From">The corpus.</param>
/// <param name="Column">The column of obs that holds the labels.</param>
/// <param name="Labels">The labels whose cells are kept.</param>
public sealed record OnlyRecipe(Recipe From, string Column, IReadOnlyList<string> Labels) : Recipe
{
    /// <summary>The labels whose cells are kept.</summary>
    public IReadOnlyList<string> Labels { get; } = Whole(Labels, "labels");

    private protected override string Text => $"{PartOf(From)} only {Column} {string.Join(", ", Labels)}";

    internal override Corpus Replay(Func<OpenRecipe, CorpusSource> open) => From.Replay(open).Only(Column, [.. Labels]);
}
