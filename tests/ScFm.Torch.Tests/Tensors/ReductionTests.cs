namespace ScFm.Torch.Tests.Tensors;

public sealed class ReductionTests
{
    private static readonly double[,] Table = { { 3, 1, 2, 9 }, { -4, 0.5, 8, 8 }, { 7, -2, 6, 5 } };

    private static double[] Row(int i) => [.. Enumerable.Range(0, 4).Select(j => Table[i, j])];

    private static double[] Rows(Func<double[], double> reduce) => [.. Enumerable.Range(0, 3).Select(i => reduce(Row(i)))];

    [Fact]
    public void Sums_means_and_variances_agree_with_loops()
    {
        using var scope = NewDisposeScope();
        var t = tensor(Table);
        t.sum(1).ShouldBe(Rows(r => r.Sum()));
        t.sum().ShouldBe([Table.Cast<double>().Sum()]);
        t.mean([1]).ShouldBe(Rows(r => r.Average()));
        t.mean([0, 1], keepdim: true).ShouldBe([Table.Cast<double>().Average()]);
        t.var(1).ShouldBe(Rows(r => r.Sum(x => Math.Pow(x - r.Average(), 2)) / 3));
        t.std(1, unbiased: false).ShouldBe(Rows(r => Math.Sqrt(r.Sum(x => Math.Pow(x - r.Average(), 2)) / 4)));
        t.norm(1).ShouldBe(Rows(r => Math.Sqrt(r.Sum(x => x * x))));
        t.norm(1, p: 1).ShouldBe(Rows(r => r.Sum(Math.Abs)));
        t.logsumexp(1).ShouldBe(Rows(r => Math.Log(r.Sum(Math.Exp))));
        t.prod(1).ShouldBe(Rows(r => r.Aggregate((x, y) => x * y)));
        t.cumsum(1)[0].ShouldBe([3, 4, 6, 15]);
        Assert.Equal([3L, 1L], t.sum(1, keepdim: true).shape);
    }

    [Fact]
    public void Extremes_say_what_and_where()
    {
        using var scope = NewDisposeScope();
        var t = tensor(Table);
        var (values, where) = t.max(1);
        values.ShouldBe(Rows(r => r.Max()));
        where.ShouldBe(Rows(r => Array.IndexOf(r, r.Max())));
        t.min(1).values.ShouldBe(Rows(r => r.Min()));
        t.amax([0]).ShouldBe([7, 1, 8, 9]);
        t.amin(0, 1).ShouldBe([-4]);
        t.argmax(1).ShouldBe([3, 2, 0]);
        Assert.Equal(3, t.argmax().ToInt64());
        var (top, at) = t.topk(2);
        top.ShouldBe([9, 3, 8, 8, 7, 6]);
        t.gather(1, at).ShouldBe(top.Doubles());
    }

    [Fact]
    public void Sorting_is_a_permutation_in_order()
    {
        using var scope = NewDisposeScope();
        var t = randn(50, float64);
        var (sorted, indices) = t.sort();
        sorted.ShouldBe([.. t.Doubles().Order()], 0);
        t[indices].ShouldBe(sorted.Doubles(), 0);
        t[t.argsort(descending: true)].ShouldBe([.. t.Doubles().OrderDescending()], 0);
        var (output, inverse, counts) = tensor(new long[] { 5, 1, 5, 5 }).unique(return_inverse: true, return_counts: true);
        output.ShouldBe([1, 5]);
        inverse!.ShouldBe([1, 0, 1, 1]);
        counts!.ShouldBe([1, 3]);
    }

    [Fact]
    public void Buckets_and_counts_agree_with_loops()
    {
        using var scope = NewDisposeScope();
        double[] edges = [0, 1, 2.5], values = [-1, 0, 0.5, 1, 2, 9];
        tensor(values).bucketize(tensor(edges)).ShouldBe([.. values.Select(v => (double)edges.Count(e => e < v))]);
        tensor(values).bucketize(tensor(edges), right: true).ShouldBe([.. values.Select(v => (double)edges.Count(e => e <= v))]);
        searchsorted(tensor(edges), tensor(values)).ShouldBe([.. values.Select(v => (double)edges.Count(e => e < v))]);
        bincount(tensor(new long[] { 0, 2, 2, 4 })).ShouldBe([1, 0, 2, 0, 1]);
    }
}
