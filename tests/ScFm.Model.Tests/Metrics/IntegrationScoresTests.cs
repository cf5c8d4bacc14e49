using ScFm.Model.Cells;
using ScFm.Model.Metrics;

namespace ScFm.Model.Tests.Metrics;

public sealed class IntegrationScoresTests
{
    private const int Count = 400;

    [Fact]
    public void Batches_that_are_apart_score_low_and_batches_that_are_one_cloud_high()
    {
        var (apart, mixed) = (Scores(shift: 30), Scores(shift: 0));
        Assert.InRange(apart.NeighbourMixing, 0, 0.01);
        Assert.InRange(apart.BatchSilhouette, 0, 0.2);
        Assert.InRange(mixed.NeighbourMixing, 0.93, 1.07); // 12,000 neighbours, of which half are of the other batch by chance
        Assert.InRange(mixed.BatchSilhouette, 0.9, 1); // single silhouettes are off zero by chance: scikit-learn gives 0.93 to 0.98 for five such squares of 100 cells a batch
        Assert.InRange(mixed.TypeSilhouette, 0.85, 1);
    }

    [Fact]
    public void Without_types_only_batches_are_scored_and_a_single_batch_is_refused()
    {
        var points = Points(0);
        var scores = IntegrationScores.Of(points, [.. Enumerable.Range(0, Count).Select(cell => $"b{cell % 2}")]);
        Assert.True(double.IsNaN(scores.TypeSilhouette) && double.IsNaN(scores.Nmi) && double.IsNaN(scores.Ari));
        Assert.InRange(scores.BatchSilhouette, 0.95, 1);
        Assert.Contains("of 1 batches; expected", Assert.Throws<ArgumentException>(() => IntegrationScores.Of(points, [.. Enumerable.Repeat("b", Count)])).Message);
    }

    private static IntegrationScores Scores(float shift) => IntegrationScores.Of(
        Points(shift), [.. Enumerable.Range(0, Count).Select(cell => $"b{cell % 2}")], [.. Enumerable.Range(0, Count).Select(cell => $"t{cell / 2 % 2}")]);

    /// <summary>Two types far apart, and two batches shifted against each other on another axis.</summary>
    private static DenseMatrix Points(float shift)
    {
        var (random, points) = (new Random(1), new DenseMatrix(Count, 2));
        for (var cell = 0; cell < Count; cell++)
        {
            points[cell, 0] = (float)random.NextDouble() + 20 * (cell / 2 % 2);
            points[cell, 1] = (float)random.NextDouble() + shift * (cell % 2);
        }
        return points;
    }
}
