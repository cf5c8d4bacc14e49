using ScFm.Model.Training;

namespace ScFm.Model.Tests.Training;

public sealed class BatchPlanTests
{
    private static int[] Lengths(int cells)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, cells).Select(_ => random.Next(200, 2000))];
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 8)]
    [InlineData(1000, 7)]
    [InlineData(5, 100)]
    public void Every_cell_stands_in_one_batch_and_all_but_one_are_full(int cells, int batchSize)
    {
        var batches = BatchPlan.Shuffled(Lengths(cells), batchSize, new Random(1));
        Assert.Equal(Enumerable.Range(0, cells), batches.SelectMany(b => b).Order());
        Assert.True(batches.Count(b => b.Length != batchSize) <= 1);
        Assert.Equal((cells + batchSize - 1) / batchSize, batches.Length);
    }

    [Fact]
    public void The_same_generator_gives_the_same_batches_and_another_gives_others()
    {
        var lengths = Lengths(500);
        Assert.Equal(BatchPlan.Shuffled(lengths, 8, new Random(1)), BatchPlan.Shuffled(lengths, 8, new Random(1)));
        Assert.NotEqual(BatchPlan.Shuffled(lengths, 8, new Random(1)), BatchPlan.Shuffled(lengths, 8, new Random(2)));
    }

    [Fact]
    public void Like_lengths_stand_together_so_that_little_is_padded()
    {
        var lengths = Lengths(2000);
        double Padded(IEnumerable<int[]> batches) => batches.Sum(b => b.Length * b.Max(i => lengths[i]) - b.Sum(i => (long)lengths[i])) / (double)lengths.Sum(l => (long)l);
        var unplanned = Enumerable.Range(0, 2000).Chunk(8);
        var planned = Padded(BatchPlan.Shuffled(lengths, 8, new Random(1)));
        Assert.InRange(planned, 0, 0.05);
        Assert.InRange(Padded(unplanned), 0.3, 1); // what no plan would pad
    }

    [Fact]
    public void Batches_do_not_come_in_the_order_of_their_lengths()
    {
        var lengths = Lengths(2000);
        var means = BatchPlan.Shuffled(lengths, 8, new Random(1)).Select(b => b.Average(i => lengths[i])).ToArray();
        var rises = means.Zip(means.Skip(1)).Count(p => p.Second > p.First);
        Assert.InRange(rises, means.Length * 0.35, means.Length * 0.65);
    }
}
