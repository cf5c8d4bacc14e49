namespace ScFm.Model.Tasks.Composition;

/// <summary>Cells that a plan gives a name.</summary>
public sealed record PlannedSet
{
    /// <summary>The files or folders that hold the cells, at least one; in a plan's file they stand relative to that file.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The cells of these that belong to the set. Default: all.</summary>
    public CellChoice? Only { get; init; }

    /// <summary>What is true of all its cells, as a label a column of obs: a set of cell lines may say that its cell_type is "cell line". Default: nothing.</summary>
    public IReadOnlyDictionary<string, string> Obs { get; init; } = new Dictionary<string, string>();
}
