using ScFm.Model.Metrics;

namespace ScFm.Model.Tests.Metrics;

public class LayoutQualityTests
{
    [Fact]
    public void A_layout_that_keeps_all_neighbours_is_fully_trustworthy()
    {
        var line = new Points(20, 1, [.. Enumerable.Range(0, 20).Select(i => (double)i * i)]);
        var turned = new Points(20, 2, [.. Enumerable.Range(0, 20).SelectMany(i => new[] { 3.0 * i * i, -3.0 * i * i })]);

        Assert.Equal(1, LayoutQuality.Trustworthiness(line, turned, 3), 1e-12);
    }

    [Fact]
    public void A_false_neighbour_costs_by_its_rank_in_the_space()
    {
        // Points 0 and 5 have changed places. The layout's nearest of 0, 1, 2, 3, 4, 5 are 4, 5, 1, 2, 3, 1; in the space they rank 4, 5, 1, 1, 1, 4.
        double[] space = [0, 1, 3, 6, 10, 15];
        double[] layout = [15, 1, 3, 6, 10, 0];

        var trust = LayoutQuality.Trustworthiness(new Points(6, 1, space), new Points(6, 1, layout), 1);

        Assert.Equal(1 - 2.0 / (6 * 1 * (12 - 3 - 1)) * (3 + 4 + 0 + 0 + 0 + 3), trust, 1e-12);
    }

    [Fact]
    public void Purity_is_the_share_of_neighbours_with_the_same_label()
    {
        var points = new Points(4, 1, [0, 1, 2.5, 3]);

        // The nearest of each: 1, 0, 3, 2.
        Assert.Equal(1, LayoutQuality.NeighbourPurity(points, ["a", "a", "b", "b"], 1));
        Assert.Equal(0, LayoutQuality.NeighbourPurity(points, ["a", "b", "a", "b"], 1));
        Assert.Equal(0.5, LayoutQuality.NeighbourPurity(points, ["a", "a", "a", "b"], 1));
    }

    [Fact]
    public void More_neighbours_than_the_points_allow_are_refused()
    {
        var points = new Points(6, 1, [0, 1, 2, 3, 4, 5]);

        Assert.Throws<ArgumentOutOfRangeException>(() => LayoutQuality.Trustworthiness(points, points, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => LayoutQuality.NeighbourPurity(points, new int[6], 6));
    }
}
