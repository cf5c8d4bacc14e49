using ScFm.Torch.Extras;
using ScFm.Torch.Interop;
using TorchSharp;
using static ScFm.Torch.Tests.Extras.KernelComparison;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Torch.Tests.Extras.Cards;

/// <summary>
/// Kernels for CUDA and their gradients against plain operations in double precision, on a card and emulated: attention, and what holds for all kernels.
/// In bfloat16 all factors are numbers that it has: what is tried is what the kernels round, not what was rounded before.
/// </summary>
public sealed class CardKernelTests
{
    private const double Epsilon = 1e-4;

    public static TheoryData<string> Cards => ["cuda", "emulated"];

    /// <summary>Lengths of the cells, heads, width of a head, features. Of one gene alone queries and keys have no gradient; beside other cells it is measured on their scale.</summary>
    public static IEnumerable<TheoryDataRow<string, ScalarType, int[], int, int, int>> Cells =>
        from card in new[] { "cuda", "emulated" }
        from type in new[] { ScalarType.Float32, ScalarType.BFloat16 }
        from shape in new (int[] Lengths, int Heads, int Width, int Features)[]
        {
            ([1, 6], 1, 64, 266), ([70, 0, 1, 63], 3, 20, 59), ([0, 5, 0], 2, 33, 115), ([130, 65], 2, 64, 266), ([40], 1, 128, 621), ([2100, 3], 1, 16, 44), ([19264], 1, 64, 16),
        }
        select new TheoryDataRow<string, ScalarType, int[], int, int, int>(card, type, shape.Lengths, shape.Heads, shape.Width, shape.Features);

    public CardKernelTests() => manual_seed(3);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Linear_attention_equals_the_products_of_its_features(string name, ScalarType type, int[] lengths, int heads, int width, int features)
    {
        using var scope = NewDisposeScope();
        CompareAttention(Card.OrSkip(name), type, lengths, heads, width, features);
    }

    [Fact]
    public void A_card_with_less_shared_memory_takes_features_in_parts_and_gives_the_same()
    {
        using var scope = NewDisposeScope();
        var card = EmulatedCard.OrSkip();
        card.Become(EmulatedCard.Small);
        CompareAttention(card, ScalarType.Float32, [70, 0, 33], 2, 64, 266);
        CompareAttention(card, ScalarType.BFloat16, [70, 0, 33], 2, 64, 266);
        CompareAttention(card, ScalarType.BFloat16, [20], 1, 128, 621);
        card.Become(8 * 1024);
        Assert.Contains("8192 bytes", Assert.ThrowsAny<Exception>(() => CompareAttention(card, ScalarType.Float32, [3], 1, 64, 266)).Message);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Results_do_not_depend_on_the_order_in_which_threads_run(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var card = EmulatedCard.OrSkip();
        var offsets = tensor(new[] { 0L, 70, 70, 103 });
        var (rows, projection) = (Enumerable.Range(0, 3).Select(_ => randn(103, 2 * 20).to(type)).ToArray(), randn(59, 20));
        var (values, layers) = (rand(70) * 8, new[] { randn(33, 1), randn(33), randn(33, 33), randn(33) });
        var (weight, bias, upstream) = (randn(40), randn(40), randn(103, 40));
        Tensor[] Results()
        {
            var given = rows.Concat(layers).Append(weight).Append(bias).Append(values).Select(each => each.clone().requires_grad_()).ToArray();
            var (mass, sums) = card.KeySums(given[1], given[2], projection, offsets, 2, Epsilon);
            var (normed, sum) = card.AddNorm(given[0], card.Queries(given[0], mass, sums, projection, offsets, 2, Epsilon), given[7], given[8], type);
            var bins = card.BinWeights(given[9], given[3], given[4], given[5], given[6], 1, 0.1, ScalarType.Float32);
            (((normed + sum) * upstream).sum() + bins.square().sum()).backward();
            return [normed, sum, bins, .. given.Select(each => each.grad!)];
        }
        var forwards = Results();
        card.Become(227 * 1024, backwards: true);
        Assert.All(forwards.Zip(Results()), pair => Assert.True(Same(pair.First, pair.Second), "the bits differ"));
    }

    [Fact]
    public void A_cell_gets_the_same_bits_in_any_company()
    {
        using var scope = NewDisposeScope();
        var card = EmulatedCard.OrSkip();
        var (keys, values, projection) = (randn(130, 40), randn(130, 40), randn(59, 20));
        (Tensor Mass, Tensor Values) Sums(Tensor k, Tensor v, params long[] offsets) => card.KeySums(k, v, projection, tensor(offsets), 2, Epsilon);
        var (mass, sums) = Sums(keys, values, 0, 30, 100, 130);
        var (ownMass, ownSums) = Sums(keys.slice(0, 30, 100, 1), values.slice(0, 30, 100, 1), 0, 70);
        Assert.True(Same(mass[1], ownMass[0]) && Same(sums[1], ownSums[0]), "the bits differ");
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_NaN_stays_within_its_cell_and_reaches_all_of_it(string name)
    {
        using var scope = NewDisposeScope();
        var card = Card.OrSkip(name);
        var (keys, values) = (randn(50, 20), randn(50, 20));
        keys[3, 7].fill_(float.NaN);
        var (mass, sums) = card.KeySums(card.Place(keys), card.Place(values), card.Place(randn(59, 20)), tensor(new[] { 0L, 20, 50 }), 1, Epsilon);
        Assert.True(mass[0].isnan().all().item<bool>() && sums[0].isnan().all().item<bool>());
        Assert.False(mass[1].isnan().any().item<bool>() || sums[1].isnan().any().item<bool>());
    }

    [Theory]
    [InlineData(ScalarType.Float32, 64)]
    [InlineData(ScalarType.BFloat16, 64)]
    [InlineData(ScalarType.BFloat16, 40)]
    public void Softmax_attention_on_a_card_stays_within_cells(ScalarType type, int width)
    {
        using var scope = NewDisposeScope();
        Assert.SkipUnless(Native.HasCuda, "There is no CUDA device.");
        int[] lengths = [70, 1, 260];
        var rows = randn(lengths.Sum(), 3 * 2 * width).to(type).to(DeviceType.CUDA);
        Assert.SkipUnless(Kernels.TakeAttention(rows, width), $"This libtorch has no attention for {type} heads of width {width} and rows of many lengths.");
        Compare(
            [rows],
            x => Kernels.Attention(x[0], tensor(new[] { 0L, 70, 71, 331 }), 2),
            x => cat([.. lengths.Select((length, cell) =>
            {
                var parts = x[0].narrow(0, lengths.Take(cell).Sum(), length).view(length, 3, 2, width).permute(1, 2, 0, 3); // [3, H, n, d]
                return F.scaled_dot_product_attention(parts[0], parts[1], parts[2]).transpose(0, 1).reshape(length, -1);
            })]),
            Tolerance(type));
    }

    [Theory]
    [MemberData(nameof(Cards))]
    public void A_shape_that_does_not_fit_is_named(string name)
    {
        using var scope = NewDisposeScope();
        var card = Card.OrSkip(name);
        Tensor On(params long[] shape) => card.Place(zeros(shape));
        string Message(Action action) => Assert.ThrowsAny<Exception>(action).Message;
        var offsets = tensor(new[] { 0L, 2 });
        Assert.Contains("[2, 6]", Message(() => card.KeySums(On(2, 6), On(2, 6), On(5, 4), offsets, 2, Epsilon)));
        Assert.Contains("0 to 2", Message(() => card.KeySums(On(3, 8), On(3, 8), On(5, 4), offsets, 2, Epsilon)));
        Assert.Contains("[2, 8]", Message(() => card.Queries(On(2, 8), On(1, 2, 6), On(1, 2, 5, 4), On(5, 4), offsets, 2, Epsilon)));
        Assert.Contains("128", Message(() => card.KeySums(On(2, 130), On(2, 130), On(5, 130), offsets, 1, Epsilon)));
        Assert.Contains("[7]", Message(() => card.Norm(On(2, 8), On(7), On(8), ScalarType.Float32)));
        Assert.Contains("129", Message(() => card.BinWeights(On(3), On(129, 1), On(129), On(129, 129), On(129), 1, 0.1, ScalarType.Float32)));
    }

    private static void CompareAttention(Card card, ScalarType type, int[] lengths, int heads, int width, int features)
    {
        var (rows, inner) = (lengths.Sum(), heads * width);
        long[] begins = [0, .. lengths.Select((_, cell) => (long)lengths.Take(cell + 1).Sum())];
        var (offsets, projection) = (tensor(begins), randn(features, width).to(type).to(ScalarType.Float32));
        var directions = card.Place(projection);
        Compare(
            [.. Enumerable.Range(0, 3).Select(_ => card.Place(randn(rows, inner).to(type)))],
            x =>
            {
                var (mass, values) = card.KeySums(x[1], x[2], directions, offsets, heads, Epsilon);
                return card.Queries(x[0], mass, values, directions, offsets, heads, Epsilon);
            },
            x => PlainLinearAttention.Attend(x[0], x[1], x[2], projection, lengths, heads, Epsilon),
            Tolerance(type));
    }

    private static bool Same(Tensor one, Tensor other) => one.eq(other).all().item<bool>();
}
