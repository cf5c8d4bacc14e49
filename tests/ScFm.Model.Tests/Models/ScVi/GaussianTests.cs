using ScFm.Model.Models.ScVi;
using ScFm.Torch.Extras;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScVi;

public sealed class GaussianTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_draw_is_the_same_in_the_kernel_and_in_plain_operations(bool standard)
    {
        Assert.SkipUnless(Kernels.Take(zeros(1)), "There are no kernels for this processor.");
        using var scope = NewDisposeScope();
        var numbers = arange(4 * 5 * 3).view(4, 5, 3).to(float64).sin();

        (Tensor Place, Tensor Divergence, Tensor[] Leaves) Draw(ScalarType type) // no kernel takes double precision
        {
            var given = Enumerable.Range(0, 4).Select(i => numbers[i].to(type)).ToArray();
            var leaves = new[] { given[0], given[1].exp() }.Select(each => each.clone().requires_grad_()).ToArray();
            var (place, divergence) = new Gaussian(leaves[0], leaves[1]).Draw(given[2], standard ? null : new Gaussian(given[3], given[3].exp()));
            ((place * given[3]).sum() + divergence.square().sum()).backward();
            return (place, divergence, leaves);
        }

        var (found, expected) = (Draw(float32), Draw(float64));
        Assert.Equal([5L], found.Divergence.shape);
        Assert.True(found.Place.to(float64).allclose(expected.Place, 1e-5, 1e-6));
        Assert.True(found.Divergence.to(float64).allclose(expected.Divergence, 1e-5, 1e-6));
        Assert.All(found.Leaves.Zip(expected.Leaves), pair => Assert.True(pair.First.grad!.to(float64).allclose(pair.Second.grad!, 1e-5, 1e-5)));
    }

    [Fact]
    public void Without_noise_the_place_is_the_mean()
    {
        using var scope = NewDisposeScope();
        var (mean, variance) = (ones(2, 3), full([2, 3], 4));
        var (place, divergence) = new Gaussian(mean, variance).Draw(null);
        Assert.Equal(mean, place);
        Assert.Equal(3 * 0.5 * (4 + 1 - 1 - Math.Log(4)), divergence[1].item<float>(), 5);
    }
}
