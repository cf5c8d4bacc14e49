using ScFm.Torch.Extras.Distributed;

namespace ScFm.Torch.Tests.Extras.Distributed;

/// <summary>Collectives of 1, 2 and 4 processes on this machine, compared with plain sums of what each is known to hold.</summary>
public sealed class CollectiveTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Collectives_of_one_two_and_four_processes_give_plain_sums_and_copies()
    {
        if (RankProcesses.Own() is { } own)
        {
            using var scope = NewDisposeScope();
            using var group = ProcessGroup.Join(new Rendezvous(own.Rank, own.Size, "127.0.0.1", own.Port, Patience), CPU);
            Assert.Equal((own.Rank, own.Size, Backend.Gloo), (group.Rank, group.Size, group.Backend));
            Sum(group);
            SumToOne(group);
            Copy(group);
            Gather(group);
            Store(group);
            Refuse(group);
            group.Barrier();
            return;
        }
        Require();
        foreach (var size in new[] { 1, 2, 4 })
        {
            using var ranks = RankProcesses.Start(size, GetType());
            ranks.Wait(TimeSpan.FromMinutes(2));
        }
    }

    internal static void Require()
    {
        if (ProcessGroup.Obstacle is { } reason) Assert.Skip(reason);
    }

    /// <summary>What a rank holds: numbers that no other does, whose sums over ranks are exact in any order.</summary>
    private static Tensor Of(int rank, long count = 1000) => arange(count, dtype: float32) + (rank * 1000);

    private static float[] Values(Tensor tensor) => tensor.data<float>().ToArray();

    private static float[] SumOf(int size, long count = 1000) =>
        [.. Enumerable.Range(0, (int)count).Select(i => Enumerable.Range(0, size).Sum(rank => i + (rank * 1000f)))];

    private static void Sum(ProcessGroup group)
    {
        var before = group.BytesSent;
        var many = Enumerable.Range(1, 20).Select(i => (Count: 50L * i, Tensor: Of(group.Rank, 50 * i))).ToArray();
        var pending = Array.ConvertAll(many, one => group.AllReduce(one.Tensor)); // all under way at once
        foreach (var work in pending) work.Wait();
        Assert.All(many, one => Assert.Equal(SumOf(group.Size, one.Count), Values(one.Tensor)));
        Assert.Equal(many.Sum(one => 2 * one.Count * sizeof(float) * (group.Size - 1) / group.Size), group.BytesSent - before);

        var wide = ones(3, dtype: float64) * group.Rank;
        group.AllReduce(wide).Wait();
        Assert.Equal(group.Size * (group.Size - 1) / 2.0, wide[1].item<double>());

        var nothing = empty(0);
        group.AllReduce(nothing).Wait();

        // Nobody holds the tensor but the collective.
        Pending kept;
        using (var gone = Of(group.Rank)) kept = group.AllReduce(gone);
        GC.Collect();
        kept.Wait();
        kept.Wait();
    }

    private static void SumToOne(ProcessGroup group)
    {
        for (var root = 0; root < group.Size; root++)
        {
            var own = Of(group.Rank);
            group.Reduce(own, root).Wait();
            if (group.Rank == root) Assert.Equal(SumOf(group.Size), Values(own));
        }
    }

    private static void Copy(ProcessGroup group)
    {
        for (var root = 0; root < group.Size; root++)
        {
            var own = Of(group.Rank);
            group.Broadcast(own, root).Wait();
            Assert.Equal(Values(Of(root)), Values(own));
        }
    }

    private static void Gather(ProcessGroup group)
    {
        var all = Enumerable.Range(0, group.Size).Select(_ => zeros(1000)).ToArray();
        group.AllGather(Of(group.Rank), all).Wait();
        for (var rank = 0; rank < group.Size; rank++) Assert.Equal(Values(Of(rank)), Values(all[rank]));
    }

    private static void Store(ProcessGroup group)
    {
        group.Put($"of/{group.Rank}", [1, 2, (byte)group.Rank]);
        for (var rank = 0; rank < group.Size; rank++) Assert.Equal([1, 2, (byte)rank], group.Take($"of/{rank}", Patience));
        group.Put($"empty/{group.Rank}", []);
        Assert.Empty(group.Take($"empty/{group.Rank}", Patience));
        Assert.Equal("No rank put 'nothing' within 0.05 s.", Assert.Throws<TimeoutException>(() => group.Take("nothing", TimeSpan.FromSeconds(0.05))).Message);
        Assert.Equal([1, 2, 0], group.Take("of/0", Patience)); // also after a wait in vain
    }

    private static void Refuse(ProcessGroup group)
    {
        var error = Assert.Throws<ArgumentException>(() => group.AllReduce(zeros(3, 2).t()));
        Assert.Equal("A tensor [2, 3] of strides [1, 2] was given to a collective; expected a contiguous one.", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => group.Broadcast(zeros(1), group.Size));
        Assert.Throws<ArgumentException>(() => group.AllGather(zeros(1), []));
    }
}
