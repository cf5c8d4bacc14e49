namespace ScFm.Torch.Tests.Autograd;

public sealed class GradientTests
{
    private static readonly Dictionary<string, (long[] shape, Func<Tensor, Tensor> function)> Functions = new()
    {
        ["linear"] = ([3, 4], x => functional.linear(x, Fixed(5, 4), Fixed(5)).square()),
        ["softmax"] = ([3, 4], x => functional.softmax(x, -1) * Fixed(3, 4)),
        ["log_softmax"] = ([3, 4], x => functional.log_softmax(x, 0) * Fixed(3, 4)),
        ["layer_norm"] = ([3, 4], x => functional.layer_norm(x, [4], Fixed(4), Fixed(4)).square()),
        ["batch_norm"] = ([6, 3], x => functional.batch_norm(x, null, null, Fixed(3), Fixed(3), training: true).square()),
        ["gelu"] = ([7], x => functional.gelu(x)),
        ["softplus"] = ([7], x => functional.softplus(x, 2)),
        ["attention"] = ([2, 3, 4], x => functional.scaled_dot_product_attention(x, x * 2, x.square())),
        ["causal attention"] = ([2, 3, 4], x => functional.scaled_dot_product_attention(x, x * 2, x.square(), is_casual: true)),
        ["cross entropy"] = ([3, 4], x => functional.cross_entropy(x, tensor(new long[] { 1, 3, 0 }), label_smoothing: 0.1)),
        ["binary cross entropy"] = ([5], x => functional.binary_cross_entropy_with_logits(x, full_like(x, 0.3))),
        ["poisson"] = ([5], x => functional.poisson_nll_loss(x, full_like(x, 2))),
        ["smooth l1"] = ([5], x => functional.smooth_l1_loss(x, zeros_like(x))),
        ["gather"] = ([3, 4], x => x.gather(1, tensor(new long[,] { { 0, 0 }, { 2, 1 }, { 3, 3 } })).square()),
        ["indices"] = ([3, 4], x => x[TensorIndex.Ellipsis, 1..3].exp() * x[0, 0]),
        ["einsum"] = ([3, 4], x => einsum("ij,kj->ik", x, x)),
        ["cat"] = ([3], x => cat([x, x.square()]).cumsum(0)),
        ["svd"] = ([4, 3], x => linalg.svdvals(x + Fixed(4, 3).exp())),
        ["norm"] = ([4], x => x.norm()),
        ["lgamma"] = ([4], x => (x.square() + 1).lgamma()),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    private static Tensor Fixed(params long[] shape)
    {
        var count = shape.Aggregate(1L, (a, b) => a * b);
        return (arange(count, dtype: float64) * 0.7).sin().view(shape);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_agrees_with_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        var (shape, function) = Functions[name];
        var x = (arange(shape.Aggregate((a, b) => a * b), dtype: float64) * 1.3 + 0.4).cos().view(shape).requires_grad_();
        function(x).sum().backward();
        var gradient = x.grad!.Doubles();
        var point = x.Doubles();
        const double step = 1e-6;
        for (var i = 0; i < point.Length; i++)
        {
            double At(double value)
            {
                using var inner = NewDisposeScope();
                var moved = (double[])point.Clone();
                moved[i] = value;
                return function(tensor(moved, shape)).sum().ToDouble();
            }

            var difference = (At(point[i] + step) - At(point[i] - step)) / (2 * step);
            Assert.True(Math.Abs(difference - gradient[i]) < 1e-6 * Math.Max(1, Math.Abs(difference)), $"{name}[{i}]: {difference} against {gradient[i]}");
        }
    }

    [Fact]
    public void Gradients_add_up_until_they_are_reset()
    {
        using var scope = NewDisposeScope();
        var x = tensor(3.0, requires_grad: true);
        (x * x).backward();
        (x * x).backward();
        x.grad!.ShouldBe([12]);
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Second_derivatives_exist()
    {
        using var scope = NewDisposeScope();
        var x = tensor(2.0, requires_grad: true);
        var first = autograd.grad([x.pow(4)], [x], create_graph: true)[0];
        first.ShouldBe([32]);
        autograd.grad([first], [x])[0].ShouldBe([48]);
    }

    [Fact]
    public void An_unused_input_has_no_gradient_when_that_is_allowed()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(2.0, requires_grad: true), y = tensor(1.0, requires_grad: true);
        var gradients = autograd.grad([x * x], [x, y], allow_unused: true);
        gradients[0].ShouldBe([4]);
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void Modes_switch_recording_and_switch_back()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        using (inference_mode()) Assert.False((x * 2).requires_grad);
        Assert.True((x * 2).requires_grad);
        Assert.False(x.detach().requires_grad);
        Assert.True(x.is_leaf);
        Assert.False((x * 2).is_leaf);
    }
}
