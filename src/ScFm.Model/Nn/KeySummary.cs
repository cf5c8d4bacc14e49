using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>What linear attention keeps of all keys and values of a cell.</summary>
/// <param name="Mass">Sum of the keys' features, [B, H, M].</param>
/// <param name="Values">Sum of the products of the keys' features and their values, [B, H, M, d].</param>
public readonly record struct KeySummary(Tensor Mass, Tensor Values);
