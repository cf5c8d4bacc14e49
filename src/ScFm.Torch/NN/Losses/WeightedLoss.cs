using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A loss whose classes or elements have weights.</summary>
/// <typeparam name="T1">The prediction.</typeparam>
/// <typeparam name="T2">The target.</typeparam>
/// <typeparam name="TResult">The loss.</typeparam>
/// <param name="weight">The weights, or null.</param>
/// <param name="reduction">How the losses of the elements become one.</param>
public abstract class WeightedLoss<T1, T2, TResult>(Tensor? weight = null, nn.Reduction reduction = nn.Reduction.Mean) : Loss<T1, T2, TResult>(reduction)
{
    /// <summary>The weights, or null.</summary>
    public Tensor? weight { get; } = weight;
}
