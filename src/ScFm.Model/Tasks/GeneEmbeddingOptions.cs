using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks;

/// <summary>How genes are embedded.</summary>
public sealed record GeneEmbeddingOptions
{
    /// <summary>Names of the genes that are wanted, as the model's vocabulary has them. Default: all of the model.</summary>
    public IReadOnlyList<string>? Genes { get; init; }

    /// <summary>The read depth that T asks for; a cell that is deeper keeps its own. Default: the cell's own.</summary>
    public Depth Depth { get; init; }

    /// <summary>
    /// True to decode all cells as one batch, whose key maximum they share, as gene_batch of the reference: a cell's vectors then depend on the others.
    /// Only with <see cref="Compat.Reference"/>. Default: false, each cell by itself.
    /// </summary>
    public bool OneBatch { get; init; }

    /// <summary>What the cells are. Default: single cells with raw counts.</summary>
    public InputOptions Input { get; init; } = new();
}
