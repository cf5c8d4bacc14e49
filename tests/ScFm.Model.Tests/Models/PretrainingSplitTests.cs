using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tests.Tasks;

namespace ScFm.Model.Tests.Models;

public sealed class PretrainingSplitTests
{
    private static readonly PretrainingOptions Tenth = new() { HeldOutShare = 0.1 };

    private static readonly double[] Totals = TaskCells.First(200).X.RowSums();

    private static int[] HeldOut(PretrainingOptions options)
    {
        var (train, heldOut) = PretrainingSplit.Of(Totals, options);
        Assert.Equal(Enumerable.Range(0, 200), train.Concat(heldOut).Order());
        return heldOut;
    }

    [Fact]
    public void The_cells_with_the_most_counts_are_held_out_where_no_threshold_is_given()
    {
        var deepest = Enumerable.Range(0, 200).OrderByDescending(cell => Totals[cell]).Take(20).Order();
        Assert.Equal(deepest, HeldOut(Tenth with { HeldOut = HeldOutCells.HighCount }));
        Assert.NotEqual(deepest, HeldOut(Tenth));
    }

    [Fact]
    public void Above_a_threshold_they_are_drawn_by_the_seed()
    {
        var median = Totals.Order().ElementAt(100);
        var options = Tenth with { HeldOut = HeldOutCells.HighCount, HeldOutLeastCounts = median };
        var (first, second) = (HeldOut(options), HeldOut(options with { Training = new() { Seed = 1 } }));
        Assert.All(first.Concat(second), cell => Assert.True(Totals[cell] >= median));
        Assert.NotEqual(first, second);
        Assert.Equal(first, HeldOut(options));
        Assert.NotEqual(first, HeldOut(Tenth with { HeldOut = HeldOutCells.HighCount }));
    }

    [Fact]
    public void Too_few_cells_above_the_threshold_are_an_error()
    {
        var threshold = Totals.OrderDescending().ElementAt(4);
        var error = Assert.Throws<ArgumentException>(() => HeldOut(Tenth with { HeldOut = HeldOutCells.HighCount, HeldOutLeastCounts = threshold }));
        Assert.Equal(FormattableString.Invariant($"5 cells have {threshold} counts or more; expected at least 20 to hold out: lower HeldOutLeastCounts or HeldOutShare."), error.Message);
    }
}
