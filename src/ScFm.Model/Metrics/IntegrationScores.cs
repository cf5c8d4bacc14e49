using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Training;

namespace ScFm.Model.Metrics;

/// <summary>How well batches are mixed in a representation of cells, and types kept apart.</summary>
/// <remarks>Source of the silhouettes, agreement and their scales: Luecken et al. 2022, "Benchmarking atlas-level data integration in single-cell genomics".</remarks>
/// <param name="BatchSilhouette">1 - |silhouette of batches|, within each type where types are known and then over types; 0 to 1, 1 where no batch stands apart.</param>
/// <param name="NeighbourMixing">The share of a cell's neighbours that is of other batches, over what it would be by chance; 1 where neighbours know no batch.</param>
/// <param name="TypeSilhouette">(silhouette of types + 1) / 2, 0 to 1; NaN where types are not known.</param>
/// <param name="Nmi">Normalised mutual information of types and Leiden clusters, 0 to 1; NaN where types are not known or igraph is absent.</param>
/// <param name="Ari">Adjusted Rand index of the same.</param>
public sealed record IntegrationScores(double BatchSilhouette, double NeighbourMixing, double TypeSilhouette, double Nmi, double Ari)
{
    private const int MostCells = 5000; // time grows with the square of their number
    private const int NearCells = 30;

    /// <summary>Scores a representation.</summary>
    /// <param name="representation">A row a cell. Of more than 5,000 cells, so many are drawn.</param>
    /// <param name="batches">The batch of each cell.</param>
    /// <param name="types">The type of each cell; null where types are not known. Default: null.</param>
    /// <param name="seed">Seed of clusters, and of the draw. Default: 0.</param>
    /// <exception cref="ArgumentException">There is one batch, or the labels are not one a cell.</exception>
    public static IntegrationScores Of(DenseMatrix representation, IReadOnlyList<string> batches, IReadOnlyList<string>? types = null, int seed = 0)
    {
        if (batches.Count != representation.Rows || (types?.Count ?? representation.Rows) != representation.Rows || batches.Distinct().Count() < 2)
        {
            throw new ArgumentException($"{representation.Rows} cells have {batches.Count} labels of {batches.Distinct().Count()} batches; expected one label a cell, of 2 batches or more.", nameof(batches));
        }
        if (representation.Rows > MostCells)
        {
            int[] drawn = [.. Enumerable.Range(0, representation.Rows)];
            Seeds.For(seed).Shuffle(drawn);
            drawn = [.. drawn[..MostCells].Order()];
            return Of(representation.SelectRows(drawn), [.. drawn.Select(cell => batches[cell])], types is null ? null : [.. drawn.Select(cell => types[cell])], seed);
        }
        var neighbours = Neighbours.Find(representation, new() { Count = Math.Min(NearCells + 1, representation.Rows), Seed = (ulong)seed });
        var (nmi, ari) = (double.NaN, double.NaN);
        if (types is not null && Leiden.IsAvailable)
        {
            var clusters = Leiden.Cluster(Connectivities.From(neighbours), new LeidenOptions { Seed = (ulong)seed }).Labels;
            (nmi, ari) = (ClusterAgreement.NormalisedMutualInformation(types, clusters), ClusterAgreement.AdjustedRandIndex(types, clusters));
        }
        return new IntegrationScores(
            OfBatches(representation, batches, types), Mixing(neighbours, batches), types is null ? double.NaN : (Silhouette.Mean(representation, types) + 1) / 2, nmi, ari);
    }

    private static double OfBatches(DenseMatrix representation, IReadOnlyList<string> batches, IReadOnlyList<string>? types)
    {
        var scores = Enumerable.Range(0, representation.Rows).GroupBy(cell => types?[cell] ?? "").Select(group => group.ToArray())
            .Where(cells => cells.Select(cell => batches[cell]).Distinct().Count() is > 1 and var found && found < cells.Length) // else there is nothing to mix
            .Select(cells => Silhouette.Samples(representation.SelectRows(cells), [.. cells.Select(cell => batches[cell])]).Average(score => 1 - Math.Abs(score)));
        return scores.DefaultIfEmpty(double.NaN).Average();
    }

    private static double Mixing(Neighbours neighbours, IReadOnlyList<string> batches)
    {
        var shares = batches.GroupBy(batch => batch).ToDictionary(batch => batch.Key, batch => batch.Count());
        var (found, expected) = (0.0, 0.0);
        for (var cell = 0; cell < neighbours.CellCount; cell++)
        {
            foreach (var other in neighbours.Of(cell)[1..])
            {
                found += batches[other] == batches[cell] ? 0 : 1;
                expected += (double)(batches.Count - shares[batches[cell]]) / (batches.Count - 1);
            }
        }
        return found / expected;
    }
}
