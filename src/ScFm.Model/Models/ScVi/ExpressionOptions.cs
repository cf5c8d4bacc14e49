using System.ComponentModel.DataAnnotations;

namespace ScFm.Model.Models.ScVi;

/// <summary>In which terms a model tells what cells express.</summary>
/// <example><code>
/// model.NormalisedExpression(cells, new() { LibrarySize = 1e4, Genes = ["CD3E", "LYZ"], AsBatches = model.BatchLabels });
/// </code></example>
public sealed record ExpressionOptions
{
    /// <summary>The sum that every cell's expression is brought to, above 0; null for the cell's own library size, observed or inferred as the model has it. Default: 1, each gene's share.</summary>
    [Range(1e-9, 1e12)] public double? LibrarySize { get; init; } = 1;

    /// <summary>The genes to tell, in this order; shares are still of all genes. Default: all of the model.</summary>
    public IReadOnlyList<string>? Genes { get; init; }

    /// <summary>The batches that every cell is decoded as if made in; of several, the mean is taken. Default: the batch that each cell was made in.</summary>
    public IReadOnlyList<string>? AsBatches { get; init; }
}
