using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Torch.Tests.Extras;

/// <summary>A kernel and its gradients beside plain operations in double precision.</summary>
internal static class KernelComparison
{
    /// <summary>Both of random inputs.</summary>
    public static void Compare(long[][] shapes, Func<Tensor[], Tensor> kernel, Func<Tensor[], Tensor> plain)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var inputs = shapes.Select(shape => randn(shape)).ToArray();
        var single = inputs.Select(x => x.clone().requires_grad_()).ToArray();
        var exact = inputs.Select(x => x.to(ScalarType.Float64).requires_grad_()).ToArray();
        var (ours, expected) = (kernel(single), plain(exact));
        Near(expected, ours, "result");

        var weights = randn(ours.shape);
        (ours * weights).sum().backward();
        (expected * weights).sum().backward();
        for (var i = 0; i < inputs.Length; i++)
        {
            Near(exact[i].grad!, single[i].grad!, $"gradient of input {i}");
        }
    }

    public static void Near(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        var error = (actual.to(ScalarType.Float64) - expected).abs().max().item<double>();
        var size = expected.abs().max().item<double>();
        Assert.True(error <= 1e-5 * size + 1e-6, $"{what}: off by {error:E1} where the largest value is {size:E1}");
    }
}
