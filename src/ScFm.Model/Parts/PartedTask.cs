using ScFm.Model.Cells;
using ScFm.Model.Models;

namespace ScFm.Model.Parts;

/// <summary>What a model computes for every cell by itself, so that it can be done for some cells here and for others there: an embedding, enhanced expression.</summary>
/// <example><code>
/// var task = CellTasks.Embed(model);
/// PartedRun.Run(task, CorpusStore.Open("blood.corpus"), "blood-vectors.h5ad");
/// </code></example>
public sealed record PartedTask
{
    /// <summary>What is done, in a word, such as "embed".</summary>
    public required string Name { get; init; }

    /// <summary>The model that does it.</summary>
    public required IModel Model { get; init; }

    /// <summary>Everything else that the numbers depend on, as JSON sees it: an options record, or null. Default: null.</summary>
    public object? Settings { get; init; }

    /// <summary>Numbers of a cell's row.</summary>
    public required int Width { get; init; }

    /// <summary>Computes the rows.</summary>
    public required RowsOfCells Rows { get; init; }

    /// <summary>The genes whose expression the rows are; null where they are no expression, but a vector. Default: null.</summary>
    public GeneVocabulary? Genes { get; init; }

    /// <summary>Other names of genes, by which the cells' own genes are found among <see cref="Genes"/>. Default: none.</summary>
    public GeneAliases? Aliases { get; init; }

    /// <summary>Why a cell's row depends on the other cells, so that it cannot be computed in parts, as a sentence; null where it does not. Default: null.</summary>
    public string? WholeOnly { get; init; }
}
