using System.Runtime.InteropServices;
using ScFm.Torch.Extras;

namespace ScFm.Torch.Tests.Extras;

public sealed class GradientHookTests
{
    [Fact]
    public void A_hook_is_called_once_a_backward_pass_when_the_gradient_is_there_and_the_last_used_parameter_comes_first()
    {
        using var scope = NewDisposeScope();
        var (first, last, unused) = (Leaf(2), Leaf(3), Leaf(5));
        var calls = new List<(string, float)>();
        using var hooks = Joined(
            GradientHook.After(first, () => calls.Add(("first", first.grad!.item<float>()))),
            GradientHook.After(last, () => calls.Add(("last", last.grad!.item<float>()))),
            GradientHook.After(unused, () => calls.Add(("unused", 0))));

        (last * (first * first)).backward(); // 3 * 2^2
        Assert.Equal([("last", 4f), ("first", 12f)], calls);
        (last * (first * first)).backward();
        Assert.Equal([("last", 8f), ("first", 24f)], calls[2..]);
    }

    [Fact]
    public void A_hook_may_take_the_gradient_away_and_one_that_has_ended_is_not_called()
    {
        using var scope = NewDisposeScope();
        var (leaf, calls) = (Leaf(2), 0);
        using (GradientHook.After(leaf, () => { calls++; leaf.grad = null; }))
        {
            (leaf * 3).backward();
            Assert.Null(leaf.grad);
        }
        (leaf * 3).backward();
        Assert.Equal((1, 3f), (calls, leaf.grad!.item<float>()));
    }

    [Fact]
    public void What_a_hook_throws_ends_the_backward_pass_and_a_tensor_without_gradient_is_refused()
    {
        using var scope = NewDisposeScope();
        var leaf = Leaf(2);
        using (GradientHook.After(leaf, () => throw new InvalidOperationException("no room")))
        {
            Assert.Contains("no room", Assert.Throws<ExternalException>(() => (leaf * 3).backward()).Message);
        }
        Assert.Contains("wants no gradient", Assert.Throws<ExternalException>(() => GradientHook.After(tensor(1f), () => { })).Message);
    }

    private static Tensor Leaf(float value) => tensor(value, requires_grad: true);

    private static Hooks Joined(params GradientHook[] hooks) => new(hooks);

    private sealed class Hooks(GradientHook[] hooks) : IDisposable
    {
        public void Dispose() => Array.ForEach(hooks, hook => hook.Dispose());
    }
}
