using static TorchSharp.torch;

namespace ScFm.Model.Models.ScGpt;

/// <summary>What the blocks make of a batch.</summary>
/// <param name="Genes">The embedding of each token, without its value and context, [R, width].</param>
/// <param name="Tokens">The state of each token, [R, width].</param>
/// <param name="Cells">The vector of each cell, [B, width].</param>
public sealed record ScGptStates(Tensor Genes, Tensor Tokens, Tensor Cells);
