using MathNet.Numerics.Statistics;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Models.ScImpute;

/// <summary>Which cells are alike: clusters without outliers, and where each cell lies.</summary>
/// <remarks>
/// Li and Li 2018: principal components; a cell whose nearest neighbour is farther than the third quartile of such distances plus 1.5 times their
/// interquartile range is an outlier and like no other; the rest is parted by spectral clustering (here of the graph of neighbours).
/// </remarks>
internal sealed class Subpopulations
{
    private const int GraphNeighbours = 15;
    private const double Whisker = 1.5;
    private const int LeastCellsOfOne = 10;

    private readonly DenseMatrix scores;

    private Subpopulations(DenseMatrix scores, int[] labels)
    {
        (this.scores, Labels) = (scores, labels);
        Members = [.. Enumerable.Range(0, labels.Max() + 1).Select(label => Enumerable.Range(0, labels.Length).Where(cell => labels[cell] == label).ToArray())];
    }

    /// <summary>Each cell's subpopulation, counted from 0; -1 for an outlier.</summary>
    internal int[] Labels { get; }

    /// <summary>The cells of each subpopulation.</summary>
    internal int[][] Members { get; }

    /// <summary>Parts the cells.</summary>
    /// <param name="values">Log-scaled expression, [cells, genes], up to a constant.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    internal static Subpopulations Find(CsrMatrix values, ScImputeOptions options, CancellationToken cancellation)
    {
        var scores = Components(values, options, cancellation);
        var nearest = Neighbours.Find(scores, new() { Count = 2, Seed = options.Seed }, cancellation).Distances.Where((_, i) => i % 2 == 1).Select(d => (double)d).ToArray();
        var (first, third) = (nearest.LowerQuartile(), nearest.UpperQuartile());
        int[] kept = [.. Enumerable.Range(0, nearest.Length).Where(cell => nearest[cell] <= third + Whisker * (third - first))];
        var neighbours = Neighbours.Find(scores.SelectRows(kept), new() { Count = GraphNeighbours, Seed = options.Seed }, cancellation);
        var count = Math.Clamp(kept.Length / LeastCellsOfOne, 1, options.Subpopulations);
        var clusters = SpectralClustering.Cluster(Connectivities.From(neighbours), count, options.Seed, cancellation);
        var labels = new int[scores.Rows];
        Array.Fill(labels, -1);
        for (var i = 0; i < kept.Length; i++)
        {
            labels[kept[i]] = clusters[i];
        }
        return new Subpopulations(scores, labels);
    }

    /// <summary>The other cells of a cell's own subpopulation, or the nearest of these; none for an outlier.</summary>
    internal int[] Similar(int cell, int? most)
    {
        if (Labels[cell] < 0)
        {
            return [];
        }
        int[] others = [.. Members[Labels[cell]].Where(other => other != cell)];
        if (others.Length > most)
        {
            var distances = Array.ConvertAll(others, other => Squared(scores.Row(cell), scores.Row(other)));
            Array.Sort(distances, others);
            others = others[..most.Value];
        }
        return others;
    }

    private static DenseMatrix Components(CsrMatrix values, ScImputeOptions options, CancellationToken cancellation)
    {
        var pca = Pca.Fit(values, new() { Components = options.MostComponents, Seed = options.Seed }, cancellation);
        var (count, explained) = (0, 0.0);
        while (count < pca.ExplainedVarianceRatio.Length && explained < options.ExplainedVariance)
        {
            explained += pca.ExplainedVarianceRatio[count++];
        }
        var scores = new DenseMatrix(values.Rows, count);
        for (var cell = 0; cell < values.Rows; cell++)
        {
            pca.Scores.Row(cell)[..count].CopyTo(scores.Row(cell));
        }
        return scores;
    }

    private static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
