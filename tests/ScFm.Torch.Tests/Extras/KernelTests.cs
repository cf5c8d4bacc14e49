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
