namespace ScFm.Torch.Tests.Autograd;

public sealed class FunctionTests
{
    private sealed class ScaledSquare : autograd.SingleTensorFunction<ScaledSquare>
    {
        public override string Name => nameof(ScaledSquare);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var (x, scale) = ((Tensor)vars[0], (double)vars[1]);
            ctx.save_for_backward([x]);
            ctx.save_data("scale", scale);
            return x * x * scale;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * ctx.get_saved_variables()[0] * 2 * (double)ctx.get_data("scale")!, null!];
    }

    private sealed class SumAndDifference : autograd.MultiTensorFunction<SumAndDifference>
    {
        public override string Name => nameof(SumAndDifference);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars) =>
            [(Tensor)vars[0] + (Tensor)vars[1], (Tensor)vars[0] - (Tensor)vars[1]];

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs) =>
            [grad_outputs[0] + grad_outputs[1], grad_outputs[0] - grad_outputs[1]];
    }

    private sealed class Broken : autograd.SingleTensorFunction<Broken>
    {
        public override string Name => nameof(Broken);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => (Tensor)vars[0] * 1;

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new FormatException("no such gradient");
    }

    [Fact]
    public void A_function_of_our_own_takes_part_in_the_graph()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, -2, 3 }, requires_grad: true);
        var y = ScaledSquare.apply(x * 2, 0.5);
        y.ShouldBe([2, 8, 18]);
        y.sum().backward();
        // d/dx 0.5 (2 x)^2 = 4 x.
        x.grad!.ShouldBe([4, -8, 12]);
        Assert.False(ScaledSquare.apply(x.detach(), 1.0).requires_grad);
    }

    [Fact]
    public void A_result_that_is_not_used_has_a_gradient_of_zero()
    {
        using var scope = NewDisposeScope();
        Tensor a = tensor(1.0, requires_grad: true), b = tensor(5.0, requires_grad: true);
        var results = SumAndDifference.apply(a, b);
        results[0].ShouldBe([6]);
        (results[1] * 3).backward();
        a.grad!.ShouldBe([3]);
        b.grad!.ShouldBe([-3]);
    }

    [Fact]
    public void An_exception_in_a_backward_of_our_own_arrives_as_an_exception()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        var error = Assert.Throws<ExternalException>(() => Broken.apply(x).sum().backward());
        Assert.Contains("no such gradient", error.Message);
        Assert.Contains(nameof(Broken), error.Message);
    }
}
