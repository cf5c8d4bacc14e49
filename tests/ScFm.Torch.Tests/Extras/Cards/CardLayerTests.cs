using ScFm.Torch.Interop;
using TorchSharp;
using static ScFm.Torch.Tests.Extras.KernelComparison;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Torch.Tests.Extras.Cards;

/// <summary>Norms, the weights of bins and AdamW, beside <see cref="CardKernelTests"/>: against plain operations in double precision, on a card and emulated.</summary>
public sealed class CardLayerTests
{
    /// <summary>Types of x, of what is added and of the result; rows and their width.</summary>
    public static IEnumerable<TheoryDataRow<string, ScalarType, ScalarType, ScalarType, int, int>> Norms =>
        from card in new[] { "cuda", "emulated" }
        from types in new (ScalarType Stream, ScalarType Added, ScalarType Made)[]
        {
            (ScalarType.Float32, ScalarType.Float32, ScalarType.Float32), (ScalarType.Float32, ScalarType.BFloat16, ScalarType.BFloat16),
            (ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float32), (ScalarType.BFloat16, ScalarType.BFloat16, ScalarType.BFloat16),
        }
        from shape in new (int Rows, int Width)[] { (1, 5), (7, 64), (300, 100), (130, 768), (3, 4100) }
        select new TheoryDataRow<string, ScalarType, ScalarType, ScalarType, int, int>(card, types.Stream, types.Added, types.Made, shape.Rows, shape.Width);

    public static IEnumerable<TheoryDataRow<string, ScalarType, int, int>> Bins =>
        from card in new[] { "cuda", "emulated" }
        from type in new[] { ScalarType.Float32, ScalarType.BFloat16 }
        from shape in new (int Values, int Bins)[] { (0, 100), (1, 100), (70, 100), (1100, 5), (33, 128), (40, 1) }
        select new TheoryDataRow<string, ScalarType, int, int>(card, type, shape.Values, shape.Bins);

    public CardLayerTests() => manual_seed(3);

    [Theory]
    [MemberData(nameof(Norms))]
    public void A_norm_takes_the_residual_with_it(string name, ScalarType stream, ScalarType added, ScalarType made, int rows, int width)
    {
        using var scope = NewDisposeScope();
        var card = Card.OrSkip(name);
        Tensor Half(Tensor t) => t * 0.5;
        Compare(
            [card.Place(randn(rows, width).to(stream)), card.Place(randn(rows, width).to(added)), card.Place(randn(width)), card.Place(randn(width))],
            x =>
            {
                var (normed, sum) = card.AddNorm(x[0], x[1], x[2], x[3], made);
                Assert.Equal((made, stream), (normed.dtype, sum.dtype));
                return normed.to(ScalarType.Float32) + Half(sum.to(ScalarType.Float32)) + card.Norm(x[0], x[2], x[3], made).to(ScalarType.Float32);
            },
            x => F.layer_norm(x[0] + x[1], [width], x[2], x[3]) + Half(x[0] + x[1]) + F.layer_norm(x[0], [width], x[2], x[3]),
            Tolerance(made));
    }

    [Theory]
    [MemberData(nameof(Bins))]
    public void Bins_are_weighed_by_a_network_in_between(string name, ScalarType type, int values, int bins)
    {
        using var scope = NewDisposeScope();
        CompareBins(Card.OrSkip(name), type, values, bins);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 100)]
    [InlineData(ScalarType.Float32, 128)]
    [InlineData(ScalarType.BFloat16, 128)]
    public void A_card_with_less_shared_memory_takes_as_many_bins(ScalarType type, int bins)
    {
        using var scope = NewDisposeScope();
        var card = EmulatedCard.OrSkip();
        card.Become(EmulatedCard.Small);
        CompareBins(card, type, 70, bins);
    }

    [Theory]
    [MemberData(nameof(CardKernelTests.Cards), MemberType = typeof(CardKernelTests))]
    public void AdamW_steps_over_many_parameters_at_once(string name)
    {
        using var scope = NewDisposeScope();
        var card = Card.OrSkip(name);
        long[] sizes = [1, 0, 4096, 4097, 10000, .. Enumerable.Repeat(33L, 120)];
        Tensor[] Draw() => [.. sizes.Select(size => randn(size))];
        var (parameters, gradients, means, squares) = (Draw(), Draw(), Draw(), Draw().Select(x => x.square()).ToArray());
        long[] steps = [.. sizes.Select((_, i) => i + 1L)];
        var expected = sizes.Select((_, i) =>
        {
            var (p, g, m, v) = (Exact(parameters[i]), Exact(gradients[i]), Exact(means[i]), Exact(squares[i]));
            m = m * 0.9 + g * 0.1;
            v = v * 0.95 + g * g * 0.05;
            return p * (1 - 0.01 * 0.1) - m / (1 - Math.Pow(0.9, steps[i])) / ((v / (1 - Math.Pow(0.95, steps[i]))).sqrt() + 1e-8) * 0.01;
        }).ToArray();
        Tensor[] On(Tensor[] tensors) => [.. tensors.Select(card.Place)];
        var stepped = On(parameters);
        card.Adam(new AdamValues { LearningRate = 0.01, Beta1 = 0.9, Beta2 = 0.95, Epsilon = 1e-8, WeightDecay = 0.1, Decoupled = 1 }, stepped, On(gradients), On(means), On(squares), steps);
        for (var i = 0; i < sizes.Length; i++)
        {
            Near(expected[i], stepped[i], $"parameter {i}");
        }
    }

    private static void CompareBins(Card card, ScalarType type, int values, int bins) => Compare(
        [.. new[] { rand(values) * 8, randn(bins, 1), randn(bins), randn(bins, bins) * 0.3, randn(bins) }.Select(card.Place)],
        x => card.BinWeights(x[0], x[1], x[2], x[3], x[4], 0.7, 0.1, type),
        x =>
        {
            var hidden = F.leaky_relu(F.linear(x[0].unsqueeze(-1), x[1], x[2]), 0.1);
            return F.softmax(F.linear(hidden, x[3], x[4]) + hidden * 0.7, -1);
        },
        Tolerance(type));

    private static Tensor Exact(Tensor t) => t.to(ScalarType.Float64);
}
