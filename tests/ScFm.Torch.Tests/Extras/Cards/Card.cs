using ScFm.Torch.Extras;
using ScFm.Torch.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Torch.Tests.Extras.Cards;

/// <summary>Where the kernels for CUDA run in a test. This one is a CUDA device, asked through the public face.</summary>
internal class Card
{
    /// <summary>The card of that name, cuda or emulated; skips the test, with the reason, where it cannot be had.</summary>
    public static Card OrSkip(string name)
    {
        if (name == "emulated")
        {
            return EmulatedCard.OrSkip();
        }
        Assert.SkipUnless(Native.HasCudaKernels, Native.HasCuda ? "The native library was built without kernels for CUDA." : "There is no CUDA device.");
        return new Card();
    }

    /// <summary>A tensor where the kernels take it.</summary>
    public virtual Tensor Place(Tensor tensor) => tensor.to(DeviceType.CUDA);

    public virtual (Tensor Mass, Tensor Values) KeySums(Tensor keys, Tensor values, Tensor projection, Tensor offsets, long heads, double epsilon) =>
        Kernels.KeySums(keys, values, projection, offsets, heads, epsilon);

    public virtual Tensor Queries(Tensor queries, Tensor mass, Tensor values, Tensor projection, Tensor offsets, long heads, double epsilon) =>
        Kernels.Queries(queries, mass, values, projection, offsets, heads, epsilon);

    public virtual (Tensor Normed, Tensor Sum) AddNorm(Tensor x, Tensor add, Tensor weight, Tensor bias, ScalarType type) => Kernels.AddNorm(x, add, weight, bias, type: type);

    public virtual Tensor Norm(Tensor x, Tensor weight, Tensor bias, ScalarType type) => Kernels.Norm(x, weight, bias, type: type);

    public virtual Tensor BinWeights(Tensor x, Tensor weight1, Tensor bias1, Tensor weight2, Tensor bias2, double alpha, double negativeSlope, ScalarType type) =>
        Kernels.BinWeights(x, weight1, bias1, weight2, bias2, alpha, negativeSlope, type);

    /// <summary>A step of Adam over some tensors, in place.</summary>
    public virtual void Adam(AdamValues options, Tensor[] parameters, Tensor[] gradients, Tensor[] means, Tensor[] squares, long[] steps) =>
        NativeError.Check(NativeMethods.scfm_adam(
            in options, parameters.Length, TensorHandles.Of(parameters), TensorHandles.Of(gradients), TensorHandles.Of(means), TensorHandles.Of(squares), [], steps));
}
