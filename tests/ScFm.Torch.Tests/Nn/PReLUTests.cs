namespace ScFm.Torch.Tests.Nn;

public sealed class PReLUTests
{
    [Fact]
    public void Negative_values_are_scaled_by_a_learnt_weight()
    {
        using var scope = NewDisposeScope();
        var layer = nn.PReLU(1);
        Assert.Equal(["weight"], layer.named_parameters().Select(p => p.name));
        var x = tensor(new float[] { -4, 0, 3 });
        var y = layer.call(x);
        Assert.Equal([-1f, 0, 3], y.data<float>().ToArray());
        y.sum().backward();
        Assert.Equal([-4f], layer.weight.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Features_on_the_second_axis_have_weights_of_their_own()
    {
        using var scope = NewDisposeScope();
        var layer = nn.PReLU(2, init: 0.5);
        using (no_grad())
        {
            layer.weight[1].fill_(2);
        }
        Assert.Equal([-0.5f, -2], layer.call(-ones(1, 2)).data<float>().ToArray());
        Assert.Equal([-0.5f, -0.5f, -2, -2], layer.call(-ones(1, 2, 2)).data<float>().ToArray());
    }
}
