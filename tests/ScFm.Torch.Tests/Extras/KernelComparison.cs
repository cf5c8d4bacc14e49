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
        Compare(shapes.Select(shape => randn(shape)).ToArray(), kernel, plain);
    }

    /// <summary>Both of given inputs, which the kernel gets as they are and the plain operations in double precision.</summary>
    /// <param name="inputs">On the device and of the type that the kernel is to take.</param>
    /// <param name="kernel">What is tried.</param>
    /// <param name="plain">What it must equal.</param>
    /// <param name="tolerance">The largest error allowed, relative to the largest value; for a gradient, which is of its input's type, at least that type's.</param>
    public static void Compare(Tensor[] inputs, Func<Tensor[], Tensor> kernel, Func<Tensor[], Tensor> plain, double tolerance = 1e-5)
    {
        using var scope = NewDisposeScope();
        var single = inputs.Select(x => x.clone().requires_grad_()).ToArray();
        var exact = inputs.Select(x => x.cpu().to(ScalarType.Float64).requires_grad_()).ToArray();
        var (ours, expected) = (kernel(single), plain(exact));
        Near(expected, ours, "result", tolerance);

        var weights = randn(ours.shape).to(ours.dtype).to(ScalarType.Float32); // the gradient arrives in the type of the result
        (ours.to(ScalarType.Float32) * weights.to(ours.device)).sum().backward();
        (expected * weights).sum().backward();
        for (var i = 0; i < inputs.Length; i++)
        {
            Near(exact[i].grad!, single[i].grad!, $"gradient of input {i}", Math.Max(tolerance, Tolerance(single[i].dtype)));
        }
    }

    /// <summary>The largest error allowed of numbers of a type.</summary>
    public static double Tolerance(ScalarType type) => type == ScalarType.BFloat16 ? 1e-2 : 1e-5;

    /// <summary>Close to what is expected, relative to its largest value; a NaN never is. Where all of it is next to nothing, a tenth of that is allowed absolutely.</summary>
    public static void Near(Tensor expected, Tensor actual, string what, double tolerance = 1e-5)
    {
        Assert.Equal(expected.shape, actual.shape);
        if (expected.numel() == 0)
        {
            return;
        }
        var error = (actual.cpu().to(ScalarType.Float64) - expected).abs().max().item<double>();
        var size = expected.abs().max().item<double>();
        Assert.True(error <= tolerance * (size + 0.1), $"{what}: off by {error:E1} where the largest value is {size:E1}");
    }
}
