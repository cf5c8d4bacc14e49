using ScFm.Model.Training;
using ScFm.Torch.Extras.Distributed;
using TorchSharp;

namespace ScFm.Model.Tests.Training;

/// <summary>How batches, parameters and messages are divided.</summary>
public sealed class ParallelPartsTests
{
    [Theory]
    [InlineData(12, 4, 1)]
    [InlineData(13, 4, 1)]
    [InlineData(3, 4, 1)]
    [InlineData(7, 4, 2)]
    [InlineData(1, 3, 5)]
    public void Every_cell_of_a_batch_is_in_one_share_and_shares_are_even(int cells, int ranks, int fewest)
    {
        int[] batch = [.. Enumerable.Range(100, cells)];
        int[][] shares = [.. Enumerable.Range(0, ranks).Select(rank => BatchShare.Of(batch, rank, ranks, fewest))];
        Assert.Equal(batch, shares.SelectMany(share => share).Order());
        var taken = shares.Where(share => share.Length > 0).ToArray();
        Assert.InRange(taken.Max(share => share.Length) - taken.Min(share => share.Length), 0, 1);
        Assert.All(taken, share => Assert.True(share.Length >= Math.Min(fewest, cells)));
        Assert.Equal(Math.Clamp(cells / fewest, 1, ranks), taken.Length);
        Assert.NotEmpty(shares[0]); // the first rank's random numbers are those of one process
    }

    [Theory]
    [InlineData(9, 8, 2)]
    [InlineData(40, 8, 1)]
    [InlineData(23, 4, 5)]
    [InlineData(7, 3, 5)]
    [InlineData(100, 3, 5)]
    [InlineData(7, 1, 3)]
    public void The_largest_share_of_batches_up_to_a_length_is_known_before_they_are_shared_out(int length, int ranks, int fewest) =>
        Assert.Equal(Enumerable.Range(1, length).Max(cells => BatchShare.Of(new int[cells], rank: 0, ranks, fewest).Length), BatchShare.Largest(length, ranks, fewest));

    [Fact]
    public void That_libtorch_has_no_NCCL_is_told_where_there_are_cards()
    {
        Assert.StartsWith("This libtorch has no NCCL, so the ranks exchange tensors through Gloo", TrainingRanks.NoteOf(DeviceType.CUDA, Backend.Gloo));
        Assert.Null(TrainingRanks.NoteOf(DeviceType.CUDA, Backend.Nccl));
        Assert.Null(TrainingRanks.NoteOf(DeviceType.CPU, Backend.Gloo));
    }

    [Fact]
    public void Parameters_are_divided_so_that_no_rank_has_much_more_than_another()
    {
        Assert.Equal([0, 1, 1, 0, 1], Owners.Of([50, 30, 20, 10, 5], 2));
        Assert.Equal([0, 1], Owners.Of([1, 1], 3));
        var random = new Random(3);
        long[] sizes = [.. Enumerable.Range(0, 100).Select(_ => random.NextInt64(1, 1000))];
        var owners = Owners.Of(sizes, 7);
        var loads = Enumerable.Range(0, 7).Select(rank => sizes.Where((_, i) => owners[i] == rank).Sum()).ToArray();
        Assert.InRange(loads.Max(), sizes.Sum() / 7, 1.02 * sizes.Sum() / 7);
    }

    [Fact]
    public void Buckets_fill_from_the_last_tensor_on_hold_one_kind_each_and_leave_as_they_are_complete()
    {
        Assert.Equal([[4, 3], [2], [1, 0]], BucketPlan.Of([1, 2, 9, 4, 1], ["", "", "", "", ""], 5));
        Assert.Equal([[4, 2], [3, 1], [0]], BucketPlan.Of([3, 3, 3, 3, 3], ["a", "b", "a", "b", "a"], 6));
        Assert.Equal([[3], [2, 1, 0]], BucketPlan.Of([1, 1, 1, 1], ["b", "b", "b", "a"], 1000));
        Assert.Empty(BucketPlan.Of<string>([], [], 5));
    }
}
