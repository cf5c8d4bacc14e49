using System.Runtime.Intrinsics;
using ScFm.Model.Cells;

namespace ScFm.Model.Graphs;

/// <summary>Lays cells out in a few dimensions so that neighbours lie together: uniform manifold approximation and projection.</summary>
/// <remarks>
/// McInnes, Healy and Melville, arXiv:1802.03426, section 3.2 and algorithms 4 and 5, with the schedule of umap-learn 0.5. In an epoch every cell
/// moves along its own edges against where the others stood at the epoch's start; its random draws depend on seed, epoch and cell only.
/// So all cores share an epoch and the layout is the same, to the bit, whatever their number.
/// </remarks>
public static class Umap
{
    // Side of the square in which the layout starts.
    private const float Extent = 10;

    /// <summary>Lays out the cells of a fuzzy graph.</summary>
    /// <param name="graph">Symmetric weights of <see cref="Connectivities"/>, [cells, cells].</param>
    /// <param name="options">How. Default: as scanpy.</param>
    /// <param name="representation">
    /// What the graph was made from, [cells, features]: where the graph falls into parts, cells start from its principal components. Default: from chance.
    /// </param>
    /// <param name="cancel">Stops between two epochs.</param>
    /// <returns>Positions, [cells, components].</returns>
    public static DenseMatrix Layout(CsrMatrix graph, UmapOptions? options = null, DenseMatrix? representation = null, CancellationToken cancel = default)
    {
        options ??= new();
        options.Validate();
        if (graph.Rows != graph.Columns || (representation is not null && representation.Rows != graph.Rows))
        {
            throw new ArgumentException(
                $"The graph is {graph.Rows} x {graph.Columns} and the representation has {representation?.Rows ?? graph.Rows} cells; expected a square graph of the same cells.");
        }
        var epochs = options.Epochs ?? (graph.Rows <= 10_000 ? 500 : 200);
        var positions = Start(graph, options, representation, cancel);
        positions = new LayoutOptimiser(graph, options, epochs).Run(positions, cancel);
        var layout = new DenseMatrix(graph.Rows, options.Components);
        for (var cell = 0; cell < graph.Rows; cell++)
        {
            for (var component = 0; component < options.Components; component++)
            {
                layout[cell, component] = positions[cell][component];
            }
        }
        return layout;
    }

    // Scaled into the square, with a little noise so that no two cells coincide.
    private static Vector128<float>[] Start(CsrMatrix graph, UmapOptions options, DenseMatrix? representation, CancellationToken cancel)
    {
        var first = SpectralLayout.Of(graph, options.Components, options.Seed, cancel);
        if (first is null && representation?.Columns >= options.Components && representation.Rows >= options.Components)
        {
            first = Pca.Fit(representation, new() { Components = options.Components, Seed = options.Seed }, cancel).Scores;
        }
        var positions = new Vector128<float>[graph.Rows];
        for (var component = 0; component < options.Components; component++)
        {
            var column = new float[graph.Rows];
            for (var cell = 0; cell < column.Length; cell++)
            {
                var random = SplitMix.For(options.Seed, ~component, cell);
                column[cell] = first is null ? (float)random.NextSymmetric() : first[cell, component];
            }
            var (low, high) = (column.Min(), column.Max());
            for (var cell = 0; cell < column.Length; cell++)
            {
                var random = SplitMix.For(options.Seed, ~(component + options.Components), cell);
                var place = high > low ? (column[cell] - low) / (high - low) : 0.5f;
                positions[cell] = positions[cell].WithElement(component, Extent * (place + 1e-4f * (float)random.NextSymmetric()));
            }
        }
        return positions;
    }
}
