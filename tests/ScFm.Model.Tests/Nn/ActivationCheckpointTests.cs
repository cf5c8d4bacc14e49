using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Model.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Nn;

[Collection(nameof(TorchGenerator))]
public sealed class ActivationCheckpointTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 0, Precision.Float32)] // one decoder block: the shared path
    [InlineData(2, 0, Precision.Float32)]
    [InlineData(1, 0.3, Precision.Float32)]
    [InlineData(3, 0.3, Precision.Float32)]
    [InlineData(2, 0.3, Precision.BFloat16)]
    public void Every_gradient_and_what_is_drawn_afterwards_have_the_same_bits_as_without(int decoderDepth, double dropout, Precision precision)
    {
        using var scope = NewDisposeScope();
        var task = new SmallRun { DecoderDepth = decoderDepth, Dropout = dropout }.Task();
        var module = (ScFoundationModule)task.Module;
        module.Precision = precision;
        (byte[][] Gradients, float Loss, float Drawn) Pass(bool recompute)
        {
            module.RecomputeActivations = recompute;
            module.train();
            module.zero_grad();
            manual_seed(11);
            var loss = task.Loss([0, 1, 2, 3, 4], 0).Loss;
            loss.backward();
            return ([.. module.parameters().Select(p => p.grad?.bytes.ToArray() ?? [])], loss.item<float>(), rand(1).item<float>());
        }
        var (plain, recomputed) = (Pass(false), Pass(true));
        Assert.Equal((plain.Loss, plain.Drawn), (recomputed.Loss, recomputed.Drawn));
        Assert.True(plain.Gradients.Count(g => g.Length > 0) > 40);
        foreach (var ((name, _), (wanted, found)) in module.named_parameters().Zip(plain.Gradients.Zip(recomputed.Gradients)))
        {
            Assert.True(wanted.AsSpan().SequenceEqual(found), $"{name} differs");
        }
    }

    [Fact]
    public void Parameters_that_are_frozen_get_no_gradient_and_those_behind_them_the_same()
    {
        using var scope = NewDisposeScope();
        var (frozen, trained, x) = (nn.Linear(6, 6), nn.Linear(6, 6), randn(3, 6));
        foreach (var parameter in frozen.parameters())
        {
            parameter.requires_grad = false;
        }
        var hidden = ActivationCheckpoint.Run(frozen, frozen.call, x);
        Assert.False(hidden.requires_grad);
        ActivationCheckpoint.Run(trained, trained.call, hidden).square().sum().backward();
        var found = trained.weight!.grad!.clone();
        trained.zero_grad();
        trained.call(frozen.call(x)).square().sum().backward();
        Assert.Equal(trained.weight!.grad!.bytes.ToArray(), found.bytes.ToArray());
        Assert.Null(frozen.weight!.grad);
    }

    [Fact]
    public void What_is_held_for_the_backward_pass_no_longer_grows_with_what_is_inside_the_blocks()
    {
        using var scope = NewDisposeScope();
        const int Depth = 8;
        var blocks = Enumerable.Range(0, Depth).Select(_ => new EncoderBlock(64, 4, 0)).ToArray();
        var (tokens, cells) = (randn(1200, 64).requires_grad_(), CellRows.Equal(4, 300));
        long Held(bool recompute)
        {
            using var inner = NewDisposeScope();
            var (x, before) = (tokens, NativeMemory.InUse());
            foreach (var block in blocks)
            {
                x = recompute ? ActivationCheckpoint.Run(block, input => block.call(input, cells), x) : block.call(x, cells);
            }
            var held = NativeMemory.InUse() - before;
            x.sum().backward();
            return held;
        }
        Held(true);
        var (plain, recomputed) = (Held(false), Held(true));
        output.WriteLine($"held between the passes: {plain / 1e6:F1} MB plain, {recomputed / 1e6:F1} MB recomputed");
        Assert.InRange(recomputed, 0, plain / 4);
    }
}
