namespace ScFm.Torch.Tests.Tensors;

public sealed class ShapeAndIndexTests
{
    private static Tensor Cube() => arange(24).view(2, 3, 4); // element [i, j, k] is 12 i + 4 j + k

    [Fact]
    public void Indices_of_every_kind_name_the_right_part()
    {
        using var scope = NewDisposeScope();
        var t = Cube();
        Assert.Equal(23, t[1, 2, 3].ToInt64());
        t[1, 2].ShouldBe([20, 21, 22, 23]);
        t[1][0].ShouldBe([12, 13, 14, 15]);
        t[TensorIndex.Ellipsis, 0].ShouldBe([0, 4, 8, 12, 16, 20]);
        t[.., 1, 1..3].ShouldBe([5, 6, 17, 18]);
        t[TensorIndex.Colon, ^1, TensorIndex.Slice(0, null, 2)].ShouldBe([8, 10, 20, 22]);
        t[1..].ShouldBe([.. Enumerable.Range(12, 12).Select(i => (double)i)]);
        Assert.Equal([1L, 2L, 3L, 4L], t[TensorIndex.None].shape);
        t[TensorIndex.Single(0), TensorIndex.Tensor(tensor(new long[] { 2, 0 }))].ShouldBe([8, 9, 10, 11, 0, 1, 2, 3]);
        t[t > 20].ShouldBe([21, 22, 23]);
        t[tensor(new long[] { 0, 1 }), tensor(new long[] { 1, 2 })].ShouldBe([4, 5, 6, 7, 20, 21, 22, 23]);
    }

    [Fact]
    public void Assigning_to_a_part_changes_only_that_part()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2, 3);
        t[0] = ones(3);
        t[1, 1] = tensor(5f);
        t[TensorIndex.Colon, 2..] = tensor(new[,] { { 7f }, { 8f } });
        t.ShouldBe([1, 1, 7, 0, 5, 8]);
        t[t == 1] = tensor(-1f);
        t.ShouldBe([-1, -1, 7, 0, 5, 8]);
        t.index_put_(tensor(1f), [tensor(new long[] { 0, 0 }), tensor(new long[] { 0, 0 })], accumulate: true).ShouldBe([1, -1, 7, 0, 5, 8]);
    }

    [Fact]
    public void Shapes_change_as_they_should()
    {
        using var scope = NewDisposeScope();
        var t = Cube();
        Assert.Equal([4L, 2L, 3L], t.permute(2, 0, 1).shape);
        Assert.Equal([2L, 12L], t.flatten(1).shape);
        Assert.Equal([2L, 3L, 2L, 2L], t.unflatten(2, 2, 2).shape);
        Assert.Equal([4L, 3L, 2L], t.T.shape);
        Assert.Equal([2L, 1L, 3L, 4L], t.unsqueeze(1).shape);
        Assert.Equal([2L, 3L, 4L], t.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([12L, 4L, 1L], t.stride());
        Assert.False(t.transpose(1, 2).is_contiguous());
        t.transpose(1, 2).contiguous()[0, 1].ShouldBe([1, 5, 9]);
        t[0].transpose(0, 1).reshape(-1).ShouldBe([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
        tensor(new[] { 1, 2 }).repeat(2).ShouldBe([1, 2, 1, 2]);
        tensor(new[] { 1, 2 }).repeat_interleave(2).ShouldBe([1, 1, 2, 2]);
        tensor(new[] { 1, 2 }).unsqueeze(1).expand(-1, 3).ShouldBe([1, 1, 1, 2, 2, 2]);
        tensor(new[] { 1, 2, 3 }).flip(0).roll(1).ShouldBe([1, 3, 2]);
        Assert.Equal([2L, 2L, 1L], t.view(-1).narrow(0, 0, 5).split(2).Select(part => part.size(0)));
        Assert.Equal([1L, 4L], t.view(-1).narrow(0, 0, 5).split([1L, 4L]).Select(part => part.size(0)));
        Assert.Equal(3, t.unbind(1).Length);
        cat([t[0], t[1]]).ShouldBe(t.Doubles());
        stack([t[0], t[1]]).ShouldBe(t.Doubles());
        t.to(float32).tril(-1)[0].ShouldBe([0, 0, 0, 0, 4, 0, 0, 0, 8, 9, 0, 0]);
    }

    [Fact]
    public void Gathering_scattering_and_masks_agree_with_loops()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[,] { { 1.0, 2 }, { 3, 4 } });
        t.gather(1, tensor(new long[,] { { 1, 1 }, { 0, 1 } })).ShouldBe([2, 2, 3, 4]);
        zeros(2, 3, float64).scatter(1, tensor(new long[,] { { 2, 0 }, { 1, 0 } }), t).ShouldBe([2, 0, 1, 4, 3, 0]);
        zeros(1, 2, float64).scatter_add_(1, tensor(new long[,] { { 1, 1 } }), t[..1]).ShouldBe([0, 3]);
        t.masked_fill(t > 2, 9).ShouldBe([1, 2, 9, 9]);
        t.masked_select(t > 2).ShouldBe([3, 4]);
        t.masked_scatter(t > 2, tensor(new[] { -1.0, -2 })).ShouldBe([1, 2, -1, -2]);
        t.index_select(0, tensor(new long[] { 1, 1 })).ShouldBe([3, 4, 3, 4]);
        zeros(3, 2, float64).index_add_(0, tensor(new long[] { 2, 2 }), t, 2).ShouldBe([0, 0, 0, 0, 8, 12]);
        where(t > 2, t, -t).ShouldBe([-1, -2, 3, 4]);
        t.gt(2).nonzero().ShouldBe([1, 0, 1, 1]);
    }
}
