using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Tasks.Annotation.Mapping;

/// <summary>A layout of a reference's cells, and where other cells come to lie in it.</summary>
/// <param name="Reference">The reference's cells, [cells, 2].</param>
/// <param name="Cells">The other cells, [cells, 2].</param>
/// <remarks>
/// The reference's layout is made without the other cells and stays as it is. A cell lies at the mean of its nearest reference cells' places, weighted as their votes: so a UMAP's projection of new points begins
/// (McInnes et al. 2018). A cell between two groups lies between them, and one that is like none of the reference still lies somewhere among it: the score for none of these tells.
/// </remarks>
public sealed record JointMap(DenseMatrix Reference, DenseMatrix Cells)
{
    /// <summary>Lays cells out.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="mapped">Where it found cells to lie.</param>
    /// <param name="layout">A layout of the reference's cells, such as a published one, [cells, 2]. Default: a UMAP of where they lie in its space.</param>
    /// <param name="seed">Seed of the UMAP. Default: 0.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">The layout is of other cells.</exception>
    public static JointMap Of(NeighbourClassifier reference, MappedCells mapped, DenseMatrix? layout = null, int seed = 0, CancellationToken cancellation = default)
    {
        if (layout is not null && (layout.Rows != reference.Places.Rows || layout.Columns != 2))
        {
            throw new ArgumentException($"The layout is {layout.Rows} x {layout.Columns}; expected {reference.Places.Rows} x 2, a place for each cell of the reference.", nameof(layout));
        }
        layout ??= Clustering.Run(reference.Places, new ClusterOptions { Metric = reference.Settings.Metric, Seed = (ulong)seed }, cancel: cancellation).Layout;
        var cells = new DenseMatrix(mapped.Called.Length, 2);
        for (var cell = 0; cell < cells.Rows; cell++)
        {
            var near = mapped.Neighbours!.Of(cell);
            var weights = mapped.Neighbours.WeightsOf(cell);
            for (var i = 0; i < near.Length; i++)
            {
                cells[cell, 0] += (float)(weights[i] * layout[near[i], 0]);
                cells[cell, 1] += (float)(weights[i] * layout[near[i], 1]);
            }
        }
        return new JointMap(layout, cells);
    }
}
