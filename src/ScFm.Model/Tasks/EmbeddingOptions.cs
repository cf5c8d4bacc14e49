using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks;

/// <summary>How cells are embedded.</summary>
public sealed record EmbeddingOptions
{
    /// <summary>How a cell's tokens become one vector. Default: all.</summary>
    public Pooling Pooling { get; init; } = Pooling.All;

    /// <summary>The read depth that T asks for; a cell that is deeper keeps its own. Default: the cell's own.</summary>
    public Depth Depth { get; init; }

    /// <summary>What the cells are. Default: single cells with raw counts.</summary>
    public InputOptions Input { get; init; } = new();
}
