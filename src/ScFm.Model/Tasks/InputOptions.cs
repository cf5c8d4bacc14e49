namespace ScFm.Model.Tasks;

/// <summary>How cells are brought into a model's vocabulary and scale.</summary>
public sealed record InputOptions
{
    /// <summary>What a row is. Default: one cell.</summary>
    public SampleKind Kind { get; init; } = SampleKind.SingleCell;

    /// <summary>What the values are. Default: counts.</summary>
    public ValueScale Scale { get; init; } = ValueScale.Counts;

    /// <summary>With <see cref="ValueScale.LogNormalisedWithTotals"/>, the column of obs that holds the total counts. Default: the last column of the matrix does.</summary>
    public string? Totals { get; init; }

    /// <summary>True where the columns are the model's genes in its order, whatever their names: a file without gene names. Default: false, genes are matched by name.</summary>
    public bool GenesInOrder { get; init; }

    /// <summary>What is done where the reference surprises. Default: the sensible thing.</summary>
    public Compat Compat { get; init; }
}
