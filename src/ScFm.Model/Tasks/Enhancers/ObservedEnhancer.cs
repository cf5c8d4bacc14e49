using ScFm.Model.Cells;
using ScFm.Model.Models;

namespace ScFm.Model.Tasks.Enhancers;

/// <summary>Leaves cells as they are: what any method must beat.</summary>
public sealed class ObservedEnhancer : IEnhancer
{
    /// <inheritdoc/>
    public string Name => "observed";

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The values are not raw counts.</exception>
    public DenseMatrix Enhance(AnnData cells, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var expression = Normalisation.LogNormalise(cells).X.ToDense();
        progress?.Report(cells.CellCount);
        return expression;
    }
}
