using ScFm.Model.Cells;
using ScFm.Model.Models;
using ScFm.Model.Models.ScFoundation;

namespace ScFm.Model.Tasks.Enhancers;

/// <summary>scFoundation's read-depth enhancement of the cells' own genes; see <see cref="Enhancement"/>.</summary>
/// <example><code>
/// var deeper = new ScFoundationEnhancer(model, new() { Depth = Depth.Fold(10) }).Enhance(cells);
/// </code></example>
public sealed class ScFoundationEnhancer : IEnhancer
{
    private readonly ScFoundationModel model;
    private readonly EnhancementOptions options;

    /// <summary>Makes the method.</summary>
    /// <param name="model">A pretrained model.</param>
    /// <param name="options">The wanted depth, which is token T, and masking. Default: five times the cell's own depth.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ScFoundationEnhancer(ScFoundationModel model, EnhancementOptions? options = null) =>
        (this.model, this.options) = (model, Options.Validate(options ?? new()));

    /// <inheritdoc/>
    public string Name => "scFoundation";

    /// <inheritdoc/>
    /// <remarks>A gene that the model does not know keeps the cell's own value.</remarks>
    /// <exception cref="InvalidDataException">The values are not raw counts, or a cell has no gene of the vocabulary.</exception>
    public DenseMatrix Enhance(AnnData cells, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var predicted = Enhancement.Run(model, cells, options, aliases: null, progress, cancellation);
        var source = Array.ConvertAll(cells.VarNames, model.Vocabulary.IndexOf);
        var expression = source.Contains(-1) ? Normalisation.LogNormalise(cells).X.ToDense() : new DenseMatrix(cells.CellCount, cells.GeneCount);
        for (var cell = 0; cell < cells.CellCount; cell++)
        {
            var from = predicted.Row(cell);
            var to = expression.Row(cell);
            for (var gene = 0; gene < to.Length; gene++)
            {
                to[gene] = source[gene] < 0 ? to[gene] : from[source[gene]];
            }
        }
        return expression;
    }
}
