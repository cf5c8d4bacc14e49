using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>A layer that changes nothing on the way forward and turns the gradient round on the way back: what lies before it learns to make the task behind it harder.</summary>
/// <remarks>Source: Ganin et al., Journal of Machine Learning Research 17 (2016), with the factor -1 throughout.</remarks>
internal static class GradientReversal
{
    /// <summary>The same values, whose gradient is that of the result times -1.</summary>
    /// <param name="x">Any tensor.</param>
    public static Tensor Of(Tensor x) => 2 * x.detach() - x; // exact: doubling rounds nothing, nor does taking one half away again
}
