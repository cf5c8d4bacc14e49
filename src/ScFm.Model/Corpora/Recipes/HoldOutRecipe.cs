namespace ScFm.Model.Corpora;

/// <summary>A corpus without the cells of some labels.</summary>
/// <param name="From">The corpus.</param>
/// <param name="Column">The column of obs that holds the labels.</param>
/// <param name="Labels">The labels whose cells are left out.</param>
public sealed record HoldOutRecipe(Recipe From, string Column, IReadOnlyList<string> Labels) : Recipe
{
    /// <summary>The labels whose cells are left out.</summary>
    public IReadOnlyList<string> Labels { get; } = Whole(Labels, "labels");

    private protected override string Text => $"{PartOf(From)} without {Column} {string.Join(", ", Labels)}";

    internal override Corpus Replay(Func<OpenRecipe, CorpusSource> open) => From.Replay(open).HoldOut(Column, [.. Labels]);
}
