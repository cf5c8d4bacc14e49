using ScFm.Model.Cells;
using ScFm.Model.Models;

namespace ScFm.Model.Tasks.Enhancers;

/// <summary>Gives every cell the mean expression of other cells: what is known without looking at the cell.</summary>
public sealed class GeneMeanEnhancer : IEnhancer
{
    private readonly Dictionary<string, float> means = [];

    /// <summary>Learns the means, zeros included.</summary>
    /// <param name="training">Cells with raw counts, none of which is to be enhanced.</param>
    /// <exception cref="InvalidDataException">The values are not raw counts.</exception>
    public GeneMeanEnhancer(AnnData training)
    {
        Counts.Require(training);
        var values = GeneMeans.Of(training.X);
        for (var gene = 0; gene < values.Length; gene++)
        {
            means[training.VarNames[gene]] = values[gene];
        }
    }

    /// <inheritdoc/>
    public string Name => "gene mean";

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A gene is not among those of the training cells.</exception>
    public DenseMatrix Enhance(AnnData cells, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var row = Array.ConvertAll(cells.VarNames, gene => means.TryGetValue(gene, out var mean) ? mean
            : throw new InvalidDataException($"The gene '{gene}' is not among the {means.Count} of the training cells; expected the same genes."));
        var expression = new DenseMatrix(cells.CellCount, cells.GeneCount);
        for (var cell = 0; cell < cells.CellCount; cell++)
        {
            row.CopyTo(expression.Row(cell));
        }
        progress?.Report(cells.CellCount);
        return expression;
    }
}
