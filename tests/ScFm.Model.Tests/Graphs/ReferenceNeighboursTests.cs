using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Tests.Graphs;

public sealed class ReferenceNeighboursTests
{
    private static DenseMatrix Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return new DenseMatrix(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => (float)random.NextDouble() - 0.5f)]);
    }

    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.Cosine)]
    public void The_nearest_are_those_that_sorting_all_distances_finds(DistanceMetric metric)
    {
        var (reference, cells) = (Random(131, 7, 1), Random(70, 7, 2));
        var found = ReferenceNeighbours.Find(reference, cells, 9, metric, TestContext.Current.CancellationToken);
        Assert.Equal(9, found.Count);
        for (var cell = 0; cell < cells.Rows; cell++)
        {
            var query = cells.Row(cell).ToArray();
            var sorted = Enumerable.Range(0, reference.Rows).Select(row => (Distance: Distance(query, reference.Row(row).ToArray()), Row: row)).Order().Take(9).ToArray();
            Assert.Equal(sorted.Select(pair => pair.Row), found.Of(cell).ToArray());
            Assert.All(sorted.Zip(found.DistancesOf(cell).ToArray()), pair => Assert.Equal(pair.First.Distance, pair.Second, 1e-5));
        }

        double Distance(float[] a, float[] b) => metric == DistanceMetric.Euclidean
            ? Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum())
            : 1 - a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(y => (double)y * y));
    }

    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.Cosine)]
    public void Of_a_reference_itself_they_are_its_neighbours_without_the_cell(DistanceMetric metric)
    {
        var reference = Random(50, 4, 3);
        var found = ReferenceNeighbours.Find(reference, reference, 6, metric, TestContext.Current.CancellationToken);
        var graph = Neighbours.Find(reference, new() { Count = 7, Metric = metric }, TestContext.Current.CancellationToken);
        for (var cell = 0; cell < 50; cell++)
        {
            Assert.Equal(graph.Of(cell)[1..].ToArray(), found.Of(cell).ToArray());
            Assert.Equal(graph.DistancesOf(cell)[1..].ToArray(), found.DistancesOf(cell).ToArray());
        }
        Assert.Equal(49, ReferenceNeighbours.Find(reference, reference, 200, metric, TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public void What_cannot_be_searched_is_said()
    {
        var (cells, one) = (Random(3, 2, 1), Random(1, 2, 1));
        Assert.StartsWith("The reference has 3 cells of 2 features, for cells of 4", Assert.Throws<ArgumentException>(() => ReferenceNeighbours.Find(cells, Random(3, 4, 1), 2)).Message);
        Assert.StartsWith("The reference has 1 cells", Assert.Throws<ArgumentException>(() => ReferenceNeighbours.Find(one, one, 2)).Message);
        cells[2, 1] = float.NaN;
        Assert.Contains("neighbours need finite values", Assert.Throws<ArgumentException>(() => ReferenceNeighbours.Find(cells, one, 2)).Message);
    }
}
