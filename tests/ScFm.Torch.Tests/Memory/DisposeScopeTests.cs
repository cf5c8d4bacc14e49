namespace ScFm.Torch.Tests.Memory;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it_except_what_was_moved_out()
    {
        Tensor inside, moved, detached;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                inside = ones(2);
                moved = (inside + 1).MoveToOuterDisposeScope();
                detached = (inside + 2).DetachFromDisposeScope();
            }

            Assert.True(inside.IsInvalid);
            moved.ShouldBe([2, 2]);
            Assert.True(outer.Contains(moved));
            Assert.False(outer.Contains(detached));
        }

        Assert.True(moved.IsInvalid);
        detached.ShouldBe([3, 3]);
        detached.Dispose();
    }

    [Fact]
    public void Disposing_early_leaves_the_scope_in_order()
    {
        using var scope = NewDisposeScope();
        Tensor[] all = [.. Enumerable.Range(0, 100).Select(i => full(1, i))];
        for (var i = 0; i < 100; i += 3) all[i].Dispose();
        Assert.Equal(66, scope.DisposablesCount);
        scope.DisposeEverythingBut(all[1]);
        Assert.Equal(1, scope.DisposablesCount);
        all[1].ShouldBe([1]);
        Assert.True(all[2].IsInvalid);
        scope.Attach(all[1]);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Scopes_belong_to_their_thread()
    {
        using var scope = NewDisposeScope();
        Tensor? other = null;
        var thread = new Thread(() => other = ones(1));
        thread.Start();
        thread.Join();
        Assert.False(scope.Contains(other!));
        other!.Dispose();
    }

    [Fact]
    public void A_new_parameter_takes_over_the_data()
    {
        using var scope = NewDisposeScope();
        var source = ones(2);
        var parameter = Parameter(source);
        Assert.True(source.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.Equal(1, scope.DisposablesCount);
    }
}
