using ScFm.Model.Models.ScVi;
using ScFm.Torch.Extras;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScVi;

/// <summary>The likelihood's kernel beside plain operations, which tensors in double precision take.</summary>
public sealed class CountKernelTests
{
    public static TheoryData<int, int, bool, bool> Shapes => new()
    {
        { 1, 1, false, false }, { 1, 1, true, true }, { 3, 17, false, true }, { 9, 33, true, false }, { 130, 2000, false, false }, { 70, 515, true, true },
    };

    public CountKernelTests() => Assert.SkipUnless(Kernels.Take(zeros(1)), "There are no kernels for this processor.");

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Probabilities_and_gradients_are_those_of_plain_operations(int cells, int genes, bool inflated, bool dispersionOfCells)
    {
        using var scope = NewDisposeScope();
        var counts = Counts(cells, genes);
        Compare(counts, Random(cells, genes, inflated, dispersionOfCells), inflated);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Large_counts_and_dispersions_and_far_logits_keep_their_digits(bool inflated)
    {
        using var scope = NewDisposeScope();
        var counts = Counts(8, 40);
        counts[2, 7].fill_(5000);
        counts[3, 8].fill_(100_000);
        var given = Random(8, 40, inflated, dispersionOfCells: false);
        given[0][4].mul_(20); // shares down to e^-60
        given[2].copy_(logspace(-3, 4, 40));
        if (inflated)
        {
            given[3].mul_(15);
        }
        Compare(counts, given, inflated);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NaN_never_passes_and_reaches_no_other_cell(int where)
    {
        using var scope = NewDisposeScope();
        var counts = Counts(6, 50);
        var given = Random(6, 50, inflated: true, dispersionOfCells: true);
        var before = LogProbability(counts, given, true).data<float>().ToArray();
        for (var gene = 0; gene < (where == 1 ? 1 : 50); gene += 7)
        {
            var damaged = Array.ConvertAll(given, each => each.clone().requires_grad_());
            using (no_grad())
            {
                damaged[where][2, gene].fill_(float.NaN);
            }
            var found = LogProbability(counts, damaged, true);
            var after = found.data<float>().ToArray();
            Assert.True(float.IsNaN(after[2]));
            after[2] = before[2];
            Assert.Equal(before, after);
            found.sum().backward();
            Assert.True(damaged[where].grad!.isnan().any().item<bool>());
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        var (counts, given) = (Counts(130, 700), Random(130, 700, inflated: true, dispersionOfCells: false));
        float[] Bits(int threads)
        {
            var before = get_num_threads();
            set_num_threads(threads);
            try
            {
                var own = Array.ConvertAll(given, each => each.clone().requires_grad_());
                LogProbability(counts, own, true).sum().backward();
                return [.. own.SelectMany(each => each.grad!.data<float>().ToArray())];
            }
            finally
            {
                set_num_threads(before);
            }
        }
        Assert.Equal(Bits(1), Bits(2));
        Assert.Equal(Bits(1), Bits(3));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        using var scope = NewDisposeScope();
        var batch = Batch(Counts(3, 5), float32);
        string Message(CountBatch counts, Tensor library) => Assert.ThrowsAny<Exception>(
            () => Kernels.CountLikelihood(zeros(3, 5), library, ones(5), null, counts.Values, counts.GeneOf, counts.Offsets)).Message;
        Assert.Contains("a library of [4, 1]", Message(batch, zeros(4, 1)), StringComparison.Ordinal);
        Assert.Contains("less than 5", Message(batch with { GeneOf = full_like(batch.GeneOf, 5) }, zeros(3, 1)), StringComparison.Ordinal);
        Assert.Contains("2 cells of counts", Message(batch with { Offsets = batch.Offsets.slice(0, 0, 3, 1) }, zeros(3, 1)), StringComparison.Ordinal);
    }

    /// <summary>Three in ten above zero; the last cell has none.</summary>
    private static Tensor Counts(int cells, int genes)
    {
        using var generator = new Generator(5);
        var counts = (rand(cells, genes, generator: generator) - 0.7).clamp(0, 1).mul(40).ceil();
        if (cells > 1)
        {
            counts[cells - 1].zero_();
        }
        return counts;
    }

    /// <summary>Logits, library, dispersion and logits of zeros.</summary>
    private static Tensor[] Random(int cells, int genes, bool inflated, bool dispersionOfCells)
    {
        using var generator = new Generator(6);
        Tensor[] given =
        [
            randn(cells, genes, generator: generator), randn(cells, 1, generator: generator) + Math.Log(genes),
            (dispersionOfCells ? randn(cells, genes, generator: generator) : randn(genes, generator: generator)).exp(),
        ];
        return inflated ? [.. given, randn(cells, genes, generator: generator)] : given;
    }

    private static CountBatch Batch(Tensor counts, ScalarType type)
    {
        var (places, values) = (counts.nonzero(), counts.masked_select(counts.gt(0)).to(type));
        return new CountBatch
        {
            Genes = counts.shape[1],
            Values = values,
            LoggedValues = values.log1p(),
            GeneOf = places.select(1, 1).to(int32),
            Offsets = cat([zeros(1, int64), counts.ne(0).sum(1).cumsum(0)]),
            LogTotals = counts.sum(1, keepdim: true).log(),
            Batches = zeros(counts.shape[0], int64),
        };
    }

    private static Tensor LogProbability(Tensor counts, Tensor[] given, bool inflated) => new CountDistribution
    {
        Likelihood = inflated ? CountLikelihood.ZeroInflatedNegativeBinomial : CountLikelihood.NegativeBinomial,
        Logits = given[0],
        Library = given[1],
        Dispersion = given[2],
        DropoutLogits = inflated ? given[3] : null,
    }.LogProbability(Batch(counts, given[0].dtype));

    private static void Compare(Tensor counts, Tensor[] given, bool inflated)
    {
        Tensor[] Leaves(ScalarType type) => Array.ConvertAll(given, each => each.to(type).clone().detach().requires_grad_());
        var (single, exact) = (Leaves(float32), Leaves(float64));
        var weights = arange(1, counts.shape[0] + 1) / counts.shape[0];
        var (found, expected) = (LogProbability(counts, single, inflated), LogProbability(counts, exact, inflated));
        Near("log-probability", expected, found, 2e-6);
        (found * weights).sum().backward();
        (expected * weights).sum().backward();
        string[] names = ["logits", "library", "dispersion", "logits of zeros"];
        for (var i = 0; i < given.Length; i++)
        {
            Near("gradient of the " + names[i], exact[i].grad!, single[i].grad!, 1e-5);
        }
    }

    /// <summary>Equal up to a share of the largest value.</summary>
    private static void Near(string what, Tensor expected, Tensor found, double share)
    {
        Assert.Equal(expected.shape, found.shape);
        var (error, size) = ((found.to(float64) - expected).abs().max().item<double>(), expected.abs().max().item<double>());
        Assert.True(error <= share * size + 1e-6, $"{what}: off by {error:E1} where the largest value is {size:E1}");
    }
}
