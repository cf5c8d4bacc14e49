using ScFm.Model.Cells;

namespace ScFm.Model.Models;

/// <summary>A way to recover what a shallowly sequenced cell expresses. All that a study compares are of this form.</summary>
public interface IEnhancer
{
    /// <summary>The name that a table shows.</summary>
    string Name { get; }

    /// <summary>Recovers the expression of the cells' own genes.</summary>
    /// <param name="cells">Cells with raw counts.</param>
    /// <param name="progress">Told the number of cells done. Default: nobody.</param>
    /// <param name="cancellation">Stops between two parts of the work.</param>
    /// <returns>log1p of counts per 10,000, [cells, genes], not negative.</returns>
    DenseMatrix Enhance(AnnData cells, IProgress<int>? progress = null, CancellationToken cancellation = default);
}
