using ScFm.Torch.Extras;
using TorchSharp;
using static ScFm.Torch.Tests.Extras.KernelComparison;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Torch.Tests.Extras;

/// <summary>Kernels for norms and their gradients against plain operations in double precision.</summary>
public sealed class NormTests
{
    public NormTests() => Assert.SkipWhen(Kernels.InstructionSet is null, "There are no kernels for this processor.");

    [Theory]
    [MemberData(nameof(KernelTests.Shapes), MemberType = typeof(KernelTests))]
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
    public void A_norm_with_its_residual_has_gradients_where_only_one_of_its_results_is_used(bool ofNormed) => Compare(
        [[7, 24], [7, 24], [24], [24]],
        x =>
        {
            var (normed, sum) = Kernels.AddNorm(x[0], x[1], x[2], x[3]);
            return ofNormed ? normed : sum;
        },
        x => ofNormed ? F.layer_norm(x[0] + x[1], [24], x[2], x[3]) : x[0] + x[1] + (x[2] + x[3]) * 0);

    [Theory]
    [MemberData(nameof(KernelTests.Shapes), MemberType = typeof(KernelTests))]
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
}
