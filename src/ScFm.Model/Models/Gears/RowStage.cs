using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScFm.Model.Models.Gears;

/// <summary>A part of a network that ends in a batch norm.</summary>
/// <param name="Before">What stands before the norm: rows and the arguments of the cells they belong to, to rows [N, width].</param>
/// <param name="Norm">The norm.</param>
/// <param name="Relu">Whether ReLU follows.</param>
internal sealed record RowStage(Func<Tensor, IReadOnlyList<Tensor>, Tensor> Before, BatchNorm1d Norm, bool Relu);
