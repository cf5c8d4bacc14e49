using ScFm.Torch.Extras;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Torch.Tests.Extras;

/// <summary>Linear layers of sparse rows beside dense ones, bit for bit.</summary>
public sealed class SparseLinearTests
{
    public SparseLinearTests() => Assert.SkipWhen(Kernels.InstructionSet is null, "There are no kernels for this processor.");

    [Theory]
    [MemberData(nameof(KernelTests.Shapes), MemberType = typeof(KernelTests))]
    public void A_linear_layer_of_sparse_rows_gives_the_bits_of_a_dense_one_on_any_number_of_threads(int rows, int inner, int outer)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var threads = get_num_threads();
        var (weight, bias, factors) = (randn(outer, inner), randn(outer), randn(rows, outer));
        try
        {
            foreach (var share in new[] { 0, 0.1, 1 })
            {
                var x = randn(rows, inner) * rand(rows, inner).lt(share).to(float32);
                var expected = Results(Kernels.Linear);
                foreach (var count in new[] { 1, 2, 3 })
                {
                    set_num_threads(count);
                    Assert.Equal(expected, Results((_, weight, bias, _) => Sparse(x, weight, bias)));
                }

                float[][] Results(Func<Tensor, Tensor, Tensor, Tensor?, Tensor> layer)
                {
                    var given = new[] { weight, bias }.Select(each => each.clone().requires_grad_()).ToArray();
                    var result = layer(x, given[0], given[1], null);
                    (result * factors).sum().backward();
                    return [.. new[] { result.detach() }.Concat(given.Select(each => each.grad!)).Select(each => each.data<float>().ToArray())];
                }
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void A_NaN_in_a_sparse_row_reaches_its_row_and_its_weights_only()
    {
        using var scope = NewDisposeScope();
        var (x, weight) = (zeros(5, 40), randn(33, 40).requires_grad_());
        x[3, 20].fill_(float.NaN);
        var result = Sparse(x, weight);
        Assert.Equal(33, result.isnan().sum().item<long>());
        Assert.True(result.select(0, 3).isnan().all().item<bool>());
        result.sum().backward();
        Assert.Equal(33, weight.grad!.isnan().sum().item<long>());
        Assert.True(weight.grad!.select(1, 20).isnan().all().item<bool>());
    }

    [Fact]
    public void Sparse_rows_that_do_not_fit_are_named()
    {
        using var scope = NewDisposeScope();
        string Message(int[] columns, long[] offsets, Tensor weight) =>
            Assert.ThrowsAny<Exception>(() => Kernels.SparseLinear(ones(3), tensor(columns), tensor(offsets), weight)).Message;
        Assert.Contains("columns of row 1", Message([4, 1, 1], [0, 1, 3], zeros(4, 5)));
        Assert.Contains("columns of row 0", Message([5, 1, 2], [0, 1, 3], zeros(4, 5)));
        Assert.Contains("columns of row 0", Message([-1, 1, 2], [0, 1, 3], zeros(4, 5)));
        Assert.Contains("0 to 2", Message([0, 1, 2], [0, 1, 2], zeros(4, 5)));
        Assert.Contains("[5]", Message([0, 1, 2], [0, 1, 3], zeros(5)));
    }

    private static Tensor Sparse(Tensor x, Tensor weight, Tensor? bias = null)
    {
        var places = x.ne(0);
        return Kernels.SparseLinear(
            x.masked_select(places), places.nonzero().select(1, 1).to(ScalarType.Int32), cat([zeros(1, ScalarType.Int64), places.sum(1).cumsum(0)]), weight, bias);
    }
}
