#if !TORCH_EXTRAS
using TorchSharp;

namespace ScFm.Torch.Extras;

/// <summary>The TorchSharp package has no kernels of ours: every layer takes its plain operations.</summary>
internal static class Kernels
{
    public enum Activation
    {
        None,
        Relu,
        Gelu,
    }

    public static bool Take(torch.Tensor _) => false;

    public static bool TakeAnywhere(torch.Tensor _) => false;

    public static bool TakeOnCard(torch.Tensor _) => false;

    public static bool TakeAttention(torch.Tensor _, long __) => false;

    public static long MostBins => 0;

    public static torch.Tensor BinWeights(torch.Tensor _, torch.Tensor __, torch.Tensor ___, torch.Tensor ____, torch.Tensor _____, double ______, double _______) => throw Absent();

    public static long State(IReadOnlyList<torch.Tensor> _) => throw Absent();

    public static torch.Tensor Linear(torch.Tensor _, torch.Tensor __, torch.Tensor? ___, torch.Tensor? ____) => throw Absent();

    public static torch.Tensor SparseLinear(torch.Tensor _, torch.Tensor __, torch.Tensor ___, torch.Tensor ____, torch.Tensor? _____) => throw Absent();

    public static torch.Tensor FeedForward(torch.Tensor _, torch.Tensor __, torch.Tensor ___, torch.Tensor ____, torch.Tensor _____, Activation ______, torch.Tensor? _______) => throw Absent();

    public static torch.Tensor Attention(torch.Tensor _, torch.Tensor __, long ___, double ____ = 0) => throw Absent();

    public static (torch.Tensor, torch.Tensor) KeySums(torch.Tensor _, torch.Tensor __, torch.Tensor ___, torch.Tensor ____, long _____, double ______) => throw Absent();

    public static (torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor) PlainKeySums(torch.Tensor _, torch.Tensor __, torch.Tensor ___, torch.Tensor ____, long _____) => throw Absent();

    public static torch.Tensor Queries(torch.Tensor _, torch.Tensor __, torch.Tensor ___, torch.Tensor ____, torch.Tensor _____, long ______, double _______) => throw Absent();

    public static torch.Tensor Norm(torch.Tensor _, torch.Tensor __, torch.Tensor ___, double ____, torch.ScalarType? _____ = null) => throw Absent();

    public static (torch.Tensor, torch.Tensor) AddNorm(torch.Tensor _, torch.Tensor __, torch.Tensor ___, torch.Tensor ____, double _____, torch.ScalarType? ______ = null) => throw Absent();

    public static torch.Tensor BatchNorm(
        torch.Tensor _, torch.Tensor __, torch.Tensor ___, torch.Tensor ____, torch.Tensor _____, double ______, double _______, bool ________, double _________, long __________) => throw Absent();

    public static (torch.Tensor, torch.Tensor) NormalDraw(torch.Tensor _, torch.Tensor __, torch.Tensor ___, torch.Tensor? ____ = null, torch.Tensor? _____ = null) => throw Absent();

    public static torch.Tensor CountLikelihood(
        torch.Tensor _, torch.Tensor __, torch.Tensor ___, torch.Tensor? ____, torch.Tensor _____, torch.Tensor ______, torch.Tensor _______) => throw Absent();

    private static NotSupportedException Absent() => new("The TorchSharp package has no kernels; ask Take first.");
}
#endif
