using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models;

/// <summary>The sums over keys that cells share are those of the plain way.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class SharedKeysTests
{
    [Fact]
    public void Correcting_shared_sums_at_a_cell_s_own_positions_equals_summing_all_tokens_with_all_gradients()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        const int positions = 50;
        var attention = new PerformerAttention(12, 3, 8).to(float64);
        var common = randn(positions, 12, dtype: float64, requires_grad: true);
        var own = randn(2, 4, 12, dtype: float64, requires_grad: true);
        var places = tensor(new long[] { 3, 17, 49, 8, 0, 20, 21, 0 }, new long[] { 2, 4 });
        var exists = tensor(new[] { true, true, true, true, true, true, true, false }, new long[] { 2, 4 });

        var tokens = common.unsqueeze(0).expand(2, -1, -1).clone();
        for (var cell = 0; cell < 2; cell++)
        {
            for (var slot = 0; slot < (cell == 0 ? 4 : 3); slot++)
            {
                tokens[cell, places[cell, slot].item<long>()] = own[cell, slot];
            }
        }
        var plain = attention.Summarise(tokens);
        var shared = attention.Summarise(common, own, places, exists);
        Assert.True(Golden.LargestDifference(shared.Mass, plain.Mass) < 1e-10);
        Assert.True(Golden.LargestDifference(shared.Values, plain.Values) < 1e-10);

        Tensor[] inputs = [common, own, .. attention.parameters().Where(p => p.shape.Length == 2).Skip(1).Take(2)];
        var expected = autograd.grad([plain.Mass.square().sum() + plain.Values.sin().sum()], inputs, allow_unused: true);
        var found = autograd.grad([shared.Mass.square().sum() + shared.Values.sin().sum()], inputs, allow_unused: true);
        foreach (var (e, f) in expected.Zip(found))
        {
            Assert.True(Golden.LargestDifference(f, e) < 1e-8);
        }
    }

    [Fact]
    public void Asking_for_some_genes_gives_the_values_that_asking_for_all_gives()
    {
        using var scope = NewDisposeScope();
        foreach (var preset in new[] { "tiny", "3m" })
        {
            manual_seed(5);
            using var module = new ScFoundationModule(Presets.Find(preset, 300));
            module.eval();
            using var _ = no_grad();
            CellTokens Cell(int[]? wanted, int shift) => new()
            {
                Visible = [2 + shift, 40, 41, 299],
                VisibleValues = [1.5f, 0.3f, 2, 4],
                Hidden = [7, 100],
                HiddenValues = [float.NaN, 1.25f],
                TargetDepth = 4,
                SourceDepth = 3,
                Wanted = wanted,
            };
            var all = module.call(TokenBatch.Pack([Cell(null, 0), Cell(null, 3)], 300));
            var some = module.call(TokenBatch.Pack([Cell([7, 100, 200], 0), Cell([0, 40], 3)], 300));
            foreach (var (cell, at, gene) in new[] { (0, 0, 7), (0, 1, 100), (0, 2, 200), (1, 0, 0), (1, 1, 40) })
            {
                Assert.Equal(all[cell, gene].item<float>(), some[cell, at].item<float>(), 1e-5);
            }
        }
    }
}
