using ScFm.Model.Nn;
using ScFm.Torch.Extras;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Nn;

public sealed class SparseRowsTests
{
    /// <summary>[[0, 2, 0], [0, 0, 0], [5, 0, 7]].</summary>
    private static SparseRows Rows(ScalarType type) => new(tensor(new[] { 2f, 5, 7 }).to(type), tensor(new[] { 1, 0, 2 }), tensor(new long[] { 0, 1, 1, 3 }), 3);

    [Fact]
    public void Zeros_are_where_no_value_stands()
    {
        using var scope = NewDisposeScope();
        var rows = Rows(float32);
        Assert.Equal(3, rows.Count);
        Assert.Equal([0L, 2, 2], rows.Rows.data<long>().ToArray());
        Assert.Equal([0f, 2, 0, 0, 0, 0, 5, 0, 7], rows.ToDense().data<float>().ToArray());
    }

    [Fact]
    public void A_layer_of_them_is_the_same_in_the_kernel_and_in_plain_operations()
    {
        Assert.SkipUnless(Kernels.Take(zeros(1)), "There are no kernels for this processor.");
        using var scope = NewDisposeScope();
        var (single, exact) = (nn.Linear(3, 4), nn.Linear(3, 4, dtype: float64)); // no kernel takes double precision
        exact.load_state_dict(single.state_dict().ToDictionary(each => each.Key, each => each.Value.to(float64)));
        var (found, expected) = (Dense.Linear(Rows(float32), single), Dense.Linear(Rows(float64), exact));
        Assert.True(found.to(float64).allclose(expected, 1e-5, 1e-6));
        found.square().sum().backward();
        expected.square().sum().backward();
        Assert.All(single.parameters().Zip(exact.parameters()), pair => Assert.True(pair.First.grad!.to(float64).allclose(pair.Second.grad!, 1e-5, 1e-6)));
    }
}
