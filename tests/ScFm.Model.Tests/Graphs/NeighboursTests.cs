using ScFm.Model.Cells;
using ScFm.Model.Graphs;

namespace ScFm.Model.Tests.Graphs;

public class NeighboursTests
{
    [Theory]
    [InlineData(203, 7, DistanceMetric.Euclidean)]
    [InlineData(64, 33, DistanceMetric.Cosine)]
    [InlineData(5, 1, DistanceMetric.Euclidean)]
    public void Exact_neighbours_are_those_of_sorting_all_distances(int cells, int features, DistanceMetric metric)
    {
        var points = Blobs.Make(cells, features, 3, 5);
        var found = Neighbours.Find(points, new() { Count = 4, Metric = metric });

        for (var cell = 0; cell < cells; cell++)
        {
            var all = Enumerable.Range(0, cells).Where(other => other != cell)
                .Select(other => (Distance: Distance(points, cell, other, metric), other)).Order().Take(3).ToArray();
            Assert.Equal([cell, .. all.Select(a => a.other)], found.Of(cell).ToArray());
            Assert.Equal(0, found.DistancesOf(cell)[0]);
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(all[i].Distance, found.DistancesOf(cell)[i + 1], 1e-5);
            }
        }
    }

    [Fact]
    public void A_cell_comes_first_among_cells_that_coincide_with_it()
    {
        var found = Neighbours.Find(new DenseMatrix(20, 3), new() { Count = 4 });

        for (var cell = 0; cell < 20; cell++)
        {
            Assert.Equal(cell, found.Of(cell)[0]);
            Assert.Equal(4, found.Of(cell).ToArray().Distinct().Count());
        }
    }

    [Fact]
    public void More_neighbours_than_cells_are_cut_to_the_cells()
    {
        var found = Neighbours.Find(Blobs.Make(6, 2, 2, 1), new() { Count = 15 });

        Assert.Equal(6, found.Count);
    }

    [Fact]
    public void A_search_by_descent_finds_nearly_all_neighbours_of_blood_cells()
    {
        var points = Pbmc3k.OrSkip().Components;
        var exact = Neighbours.Find(points);

        var found = Neighbours.Find(points, new() { Search = NeighbourSearch.Descent });

        var recall = Enumerable.Range(0, points.Rows).Average(cell => exact.Of(cell).ToArray().Intersect(found.Of(cell).ToArray()).Count() / 15.0);
        Assert.True(recall > 0.99, $"Of the exact neighbours {recall:p1} were found.");
    }

    [Fact]
    public void A_search_by_descent_works_where_cells_coincide()
    {
        var points = Blobs.Make(500, 3, 2, 1);
        for (var cell = 0; cell < 200; cell++)
        {
            points.Row(0).CopyTo(points.Row(cell));
        }

        var found = Neighbours.Find(points, new() { Search = NeighbourSearch.Descent });

        Assert.All(Enumerable.Range(0, 500), cell => Assert.Equal(15, found.Of(cell).ToArray().Distinct().Count()));
        Assert.All(found.DistancesOf(7).ToArray(), d => Assert.Equal(0, d));
    }

    [Fact]
    public void A_value_that_is_not_finite_is_named_in_the_error()
    {
        var points = Blobs.Make(10, 3, 2, 1);
        points[4, 2] = float.PositiveInfinity;

        var error = Assert.Throws<ArgumentException>(() => Neighbours.Find(points));

        Assert.Contains("Cell 4", error.Message);
        Assert.Contains("column 2", error.Message);
    }

    private static double Distance(DenseMatrix points, int a, int b, DistanceMetric metric)
    {
        var pairs = points.Row(a).ToArray().Zip(points.Row(b).ToArray(), (x, y) => ((double)x, (double)y)).ToArray();
        return metric == DistanceMetric.Euclidean
            ? Math.Sqrt(pairs.Sum(p => Math.Pow(p.Item1 - p.Item2, 2)))
            : 1 - pairs.Sum(p => p.Item1 * p.Item2) / Math.Sqrt(pairs.Sum(p => p.Item1 * p.Item1) * pairs.Sum(p => p.Item2 * p.Item2));
    }
}
