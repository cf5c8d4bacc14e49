using ScFm.Torch.Extras;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Torch.Tests.Extras;

/// <summary>Attention with dropout of its weights, against plain operations with the same weights dropped.</summary>
public sealed class DroppedAttentionTests
{
    /// <summary>Lengths of the cells, heads, width of a head.</summary>
    public static TheoryData<int[], int, int> Cells => new() { { [1], 1, 8 }, { [70, 1, 63], 3, 8 }, { [300, 0, 257], 2, 20 } };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Without_dropout_it_is_attention(int[] lengths, int heads, int width) => Compare(lengths, heads, width, 0);

    [Theory]
    [MemberData(nameof(Cells))]
    public void With_dropout_result_and_gradient_are_those_of_the_weights_that_are_left(int[] lengths, int heads, int width) => Compare(lengths, heads, width, 0.3);

    [Fact]
    public void As_many_weights_are_dropped_as_asked_and_others_with_another_seed_head_and_row()
    {
        using var scope = NewDisposeScope();
        const double p = 0.02;
        var kept = Kept([500], 2, 500, p, seed: 3);
        Assert.Equal(p, 1 - kept[0].mean().item<double>(), 0.001);
        Assert.Equal(kept[0], Kept([500], 2, 500, p, seed: 3)[0]);
        Assert.NotEqual(kept[0], Kept([500], 2, 500, p, seed: 4)[0]);
        // of two independent choices, p squared of the places are dropped in both
        double Both(Tensor a, Tensor b) => ((1 - a) * (1 - b)).mean().item<double>();
        Assert.Equal(p * p, Both(kept[0][0], kept[0][1]), 0.0003);
        Assert.Equal(p * p, Both(kept[0][0].narrow(0, 0, 499), kept[0][0].narrow(0, 1, 499)), 0.0003);
        Assert.Equal(p * p, Both(kept[0][0].narrow(1, 0, 499), kept[0][0].narrow(1, 1, 499)), 0.0003);
    }

    [Fact]
    public void No_head_drops_what_another_drops_in_the_next_row_however_many_heads_there_are()
    {
        using var scope = NewDisposeScope();
        var kept = Kept([20], 100, 20, 0.3, seed: 3)[0];
        Assert.All(Enumerable.Range(0, 100), head => Assert.NotEqual(kept[head][0], kept[0][1]));
    }

    private static void Compare(int[] lengths, int heads, int width, double p)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var (rows, d) = (lengths.Sum(), heads * width);
        var parts = randn(rows, 3 * d).requires_grad_();
        var direction = randn(rows, d, dtype: float64);
        var found = DroppedAttention.Attend(parts, Offsets(lengths), heads, p, seed: 9);
        (found.to(float64) * direction).sum().backward();

        var kept = p == 0 ? null : Kept(lengths, heads, width, p, seed: 9);
        var plain = parts.detach().to(float64).requires_grad_();
        var expected = new List<Tensor>();
        for (var (cell, first) = (0, 0); cell < lengths.Length; first += lengths[cell++])
        {
            var heads3 = plain.narrow(0, first, lengths[cell]).view(lengths[cell], 3, heads, width).permute(1, 2, 0, 3); // [3, H, n, d]
            var weights = (matmul(heads3[0], heads3[1].transpose(-2, -1)) / Math.Sqrt(width)).softmax(-1);
            weights = kept is null ? weights : weights * kept[cell] / (1 - p);
            expected.Add(matmul(weights, heads3[2]).transpose(0, 1).reshape(lengths[cell], d));
        }
        var all = cat([.. expected]);
        (all * direction).sum().backward();
        Assert.True((found.to(float64) - all).abs().max().item<double>() < 1e-5);
        Assert.True((parts.grad!.to(float64) - plain.grad!).abs().max().item<double>() < 1e-4 * plain.grad!.abs().max().item<double>());
    }

    /// <summary>1 where a weight is kept, of each cell [H, n, n]: read from values that tell keys apart, where all keys weigh the same.</summary>
    private static Tensor[] Kept(int[] lengths, int heads, int width, double p, long seed)
    {
        var (longest, d) = (lengths.Max(), heads * width);
        var kept = lengths.Select(n => zeros(heads, n, n, dtype: float64)).ToArray();
        for (var block = 0; block < longest; block += width) // as many keys at a time as a value has numbers
        {
            var values = new float[lengths.Sum() * 3 * d];
            for (var (cell, first) = (0, 0); cell < lengths.Length; first += lengths[cell++])
            {
                for (var key = block; key < Math.Min(block + width, lengths[cell]); key++)
                {
                    for (var head = 0; head < heads; head++)
                    {
                        values[(first + key) * 3 * d + 2 * d + head * width + key - block] = (float)(lengths[cell] * (1 - p));
                    }
                }
            }
            using var _ = no_grad();
            var mixed = DroppedAttention.Attend(tensor(values).view(-1, 3 * d), Offsets(lengths), heads, p, seed).to(float64);
            for (var (cell, first) = (0, 0); cell < lengths.Length; first += lengths[cell++])
            {
                if (Math.Min(width, lengths[cell] - block) is > 0 and var here)
                {
                    kept[cell].narrow(2, block, here).copy_(mixed.narrow(0, first, lengths[cell]).view(lengths[cell], heads, width).transpose(0, 1).narrow(2, 0, here).round());
                }
            }
        }
        return kept;
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
