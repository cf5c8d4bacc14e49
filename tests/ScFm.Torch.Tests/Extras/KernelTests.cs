using ScFm.Torch.Extras;
using TorchSharp;
using static TorchSharp.torch;
using static ScFm.Torch.Tests.Extras.KernelComparison;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Torch.Tests.Extras;

/// <summary>Each kernel and its gradient against plain operations in double precision.</summary>
public sealed class KernelTests
{
    private const double Epsilon = 1e-4;

    public static TheoryData<int, int, int> Shapes => new() { { 1, 5, 3 }, { 7, 64, 64 }, { 130, 100, 33 }, { 2100, 24, 70 }, { 50, 1030, 65 } };

    /// <summary>Lengths of the cells, heads, width of a head.</summary>
    public static TheoryData<int[], int, int> Cells => new() { { [1], 1, 8 }, { [70, 1, 63], 3, 8 }, { [600, 100], 2, 64 }, { [13, 530], 2, 20 }, { [2100], 1, 32 } };

    public KernelTests() => Assert.SkipWhen(Kernels.InstructionSet is null, "There are no kernels for this processor.");

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_linear_layer_adds_bias_and_residual(int rows, int inner, int outer) => Compare(
        [[rows, inner], [outer, inner], [outer], [rows, outer]],
        x => Kernels.Linear(x[0], x[1], x[2], x[3]),
        x => F.linear(x[0], x[1], x[2]) + x[3]);

    [Theory]
    [MemberData(nameof(Shapes))]
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

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_feed_forward_layer_equals_its_two_products(int rows, int width, int hidden)
    {
        foreach (var activation in Enum.GetValues<Kernels.Activation>())
        {
            Compare(
                [[rows, width], [hidden, width], [hidden], [width, hidden], [width], [rows, width]],
                x => Kernels.FeedForward(x[0], x[1], x[2], x[3], x[4], activation, x[5]),
                x =>
                {
                    var inner = F.linear(x[0], x[1], x[2]);
                    inner = activation switch { Kernels.Activation.Relu => F.relu(inner), Kernels.Activation.Gelu => F.gelu(inner), _ => inner };
                    return F.linear(inner, x[3], x[4]) + x[5];
                });
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Attention_stays_within_cells(int[] lengths, int heads, int width)
    {
        using var offsets = Offsets(lengths);
        Compare(
            [[lengths.Sum(), 3 * heads * width]],
            x => Kernels.Attention(x[0], offsets, heads),
            x => cat([.. Split(x[0], lengths).Select(cell =>
            {
                var parts = cell.view(cell.shape[0], 3, heads, width).permute(1, 2, 0, 3); // [3, H, n, d]
                return F.scaled_dot_product_attention(parts[0], parts[1], parts[2]).transpose(0, 1).reshape(cell.shape[0], -1);
            })]));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Linear_attention_equals_the_products_of_its_features(int[] lengths, int heads, int width)
    {
        using var offsets = Offsets(lengths);
        var features = (long)(width * Math.Log(width));
        using var projection = randn(features, width);
        var inner = heads * width;
        Compare(
            [[lengths.Sum(), inner], [lengths.Sum(), inner], [lengths.Sum(), inner]],
            x =>
            {
                var (mass, values) = Kernels.KeySums(x[1], x[2], projection, offsets, heads, Epsilon);
                return Kernels.Queries(x[0], mass, values, projection, offsets, heads, Epsilon);
            },
            x => PlainLinearAttention.Attend(x[0], x[1], x[2], projection, lengths, heads, Epsilon));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_norm_takes_the_residual_with_it(int rows, int width, int _) => Compare(
        [[rows, width], [rows, width], [width], [width]],
        x =>
        {
            var (normed, sum) = Kernels.AddNorm(x[0], x[1], x[2], x[3]);
            return normed + sum * 0.5 + Kernels.Norm(x[0], x[2], x[3]);
        },
        x => F.layer_norm(x[0] + x[1], [width], x[2], x[3]) + (x[0] + x[1]) * 0.5 + F.layer_norm(x[0], [width], x[2], x[3]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_norm_with_its_residual_has_gradients_where_only_one_of_its_results_is_used(bool normedIs) => Compare(
        [[7, 24], [7, 24], [24], [24]],
        x =>
        {
            var (normed, sum) = Kernels.AddNorm(x[0], x[1], x[2], x[3]);
            return normedIs ? normed : sum;
        },
        x => normedIs ? F.layer_norm(x[0] + x[1], [24], x[2], x[3]) : x[0] + x[1] + (x[2] + x[3]) * 0);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_batch_norm_takes_the_relu_with_it_and_moves_the_running_statistics(int rows, int width, int _)
    {
        foreach (var relu in new[] { false, true })
        {
            using var scope = NewDisposeScope();
            // the gradient of two rows is but rounding: whatever they are, they become -1 and 1
            var (count, mean, variance) = (rows + 7, zeros(width), ones(width));
            var (exactMean, exactVariance) = (zeros(width, ScalarType.Float64), ones(width, ScalarType.Float64));
            Compare(
                [[count, width], [width], [width]],
                x => Kernels.BatchNorm(x[0], x[1], x[2], mean, variance, 1e-3, 0.1, relu),
                x =>
                {
                    var normed = F.batch_norm(x[0], exactMean, exactVariance, x[1], x[2], training: true, momentum: 0.1, eps: 1e-3);
                    return relu ? F.relu(normed) : normed;
                });
            Near(exactMean, mean, "running mean");
            Near(exactVariance, variance, "running variance");
        }
    }

    [Fact]
    public void A_batch_norm_lets_no_NaN_pass_and_names_what_it_cannot_take()
    {
        using var scope = NewDisposeScope();
        var x = randn(5, 40);
        x[3, 20].fill_(float.NaN);
        var normed = Kernels.BatchNorm(x, ones(40), zeros(40), zeros(40), ones(40), 1e-3, 0.1, relu: true);
        Assert.Equal(5, normed.isnan().sum().item<long>()); // its column and no other
        Assert.True(normed.select(1, 20).isnan().all().item<bool>());
        Assert.Contains("[1, 4]", Assert.ThrowsAny<Exception>(() => Kernels.BatchNorm(zeros(1, 4), ones(4), zeros(4), zeros(4), ones(4), 1e-3, 0.1)).Message);
        Assert.Contains("[5]", Assert.ThrowsAny<Exception>(() => Kernels.BatchNorm(zeros(3, 4), ones(5), zeros(4), zeros(4), ones(4), 1e-3, 0.1)).Message);
    }

    [Fact]
    public void A_cell_gets_the_same_bits_in_any_company()
    {
        using var scope = NewDisposeScope();
        using var rows = randn(300, 3 * 64);
        using var weight = randn(96, 3 * 64);
        var alone = Kernels.Attention(rows.slice(0, 100, 250, 1), Offsets([150]), 2);
        var together = Kernels.Attention(rows, Offsets([100, 150, 50]), 2).slice(0, 100, 250, 1);
        Assert.Equal(alone.data<float>().ToArray(), together.contiguous().data<float>().ToArray());
        Assert.Equal(
            Kernels.Linear(rows.slice(0, 100, 250, 1), weight).data<float>().ToArray(),
            Kernels.Linear(rows, weight).slice(0, 100, 250, 1).contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Within_autocast_factors_are_bfloat16_and_sums_are_not()
    {
        Assert.SkipUnless(Kernels.HasBFloat16, "This processor does not multiply bfloat16.");
        using var scope = NewDisposeScope();
        manual_seed(4);
        var (x, weight) = (randn(70, 301), randn(130, 301));
        var (rows, offsets) = (randn(333, 3 * 40), Offsets([201, 132]));
        using var cast = Autocast.Begin(DeviceType.CPU, ScalarType.BFloat16);
        var (product, mixed) = (Kernels.Linear(x, weight), Kernels.Attention(rows, offsets, 2));
        using var exact = Autocast.Begin(DeviceType.CPU, null);
        Tensor Rounded(Tensor t) => t.to(ScalarType.BFloat16).to(ScalarType.Float64);
        Near(F.linear(Rounded(x), Rounded(weight)), product, "product of rounded factors");
        var error = (mixed - Kernels.Attention(rows, offsets, 2)).abs().max().item<float>();
        Assert.InRange(error, 1e-5, 3e-2); // 8 bits of mantissa
    }

    [Fact]
    public void A_shape_that_does_not_fit_is_named()
    {
        using var scope = NewDisposeScope();
        var error = Assert.ThrowsAny<Exception>(() => Kernels.Linear(zeros(2, 3), zeros(4, 5)));
        Assert.Contains("[4, 5]", error.Message);
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

    [Fact]
    public void Dropout_behind_a_batch_norm_drops_its_share_scales_the_rest_and_drops_the_same_for_the_gradient()
    {
        using var scope = NewDisposeScope();
        var (given, weights) = (randn(500, 70), randn(500, 70));
        (Tensor Normed, Tensor Gradient) Results(double dropout, long seed, Tensor upstream)
        {
            var x = given.clone().requires_grad_();
            var normed = Kernels.BatchNorm(x, ones(70), zeros(70), zeros(70), ones(70), 1e-3, 0.1, relu: true, dropout, seed);
            (normed * upstream).sum().backward();
            return (normed.detach(), x.grad!);
        }
        var (whole, _) = Results(0, 0, weights);
        var (dropped, gradient) = Results(0.3, 9, weights);
        var kept = (whole.eq(0) | dropped.ne(0)).to(ScalarType.Float32);
        Near((whole * kept / 0.7).to(ScalarType.Float64), dropped, "what is kept");
        Assert.InRange(1 - (dropped.ne(0).sum() / whole.ne(0).sum()).item<float>(), 0.27, 0.33);
        Near(Results(0, 0, weights * kept / 0.7).Gradient.to(ScalarType.Float64), gradient, "gradient");
        Assert.Equal(dropped, Results(0.3, 9, weights).Normed);
        Assert.NotEqual(dropped, Results(0.3, 10, weights).Normed);
        Assert.Contains("dropout of 1", Assert.ThrowsAny<Exception>(() => Results(1, 0, weights)).Message);
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(5, 10, false)]
    [InlineData(130, 35, true)]
    public void A_draw_from_normal_distributions_brings_its_divergence(int rows, int width, bool prior) => Compare(
        [[rows, width], [rows, width]],
        x =>
        {
            var (draw, divergence) = Kernels.NormalDraw(x[0], x[1].exp(), Noise(rows, width), prior ? Noise(rows, width) : null, prior ? Noise(rows, width).exp() : null);
            return draw + divergence.unsqueeze(1);
        },
        x =>
        {
            var (noise, one) = (Noise(rows, width).to(ScalarType.Float64), ones(rows, width, ScalarType.Float64));
            var (mean, variance, priorMean, priorVariance) = (x[0], x[1].exp(), prior ? noise : one * 0, prior ? noise.exp() : one);
            var divergence = (variance / priorVariance + (mean - priorMean).square() / priorVariance - 1 - (variance / priorVariance).log()) * 0.5;
            return mean + variance.sqrt() * noise + divergence.sum(1, keepdim: true);
        });

    private static Tensor Noise(int rows, int width) => arange(rows * width).view(rows, width).to(ScalarType.Float32).sin();

    private static Tensor Sparse(Tensor x, Tensor weight, Tensor? bias = null)
    {
        var places = x.ne(0);
        return Kernels.SparseLinear(
            x.masked_select(places), places.nonzero().select(1, 1).to(ScalarType.Int32), cat([zeros(1, ScalarType.Int64), places.sum(1).cumsum(0)]), weight, bias);
    }

    private static Tensor[] Split(Tensor rows, int[] lengths)
    {
        var first = 0L;
        return [.. lengths.Select(length => rows.slice(0, first, first += length, 1))];
    }

    private static Tensor Offsets(int[] lengths)
    {
        var offsets = new long[lengths.Length + 1];
        for (var i = 0; i < lengths.Length; i++)
        {
            offsets[i + 1] = offsets[i] + lengths[i];
        }
        return tensor(offsets);
    }
}
