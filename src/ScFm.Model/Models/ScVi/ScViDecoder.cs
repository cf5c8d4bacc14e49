using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>Latent variables, and the batches' columns or null, to the logarithm of each gene's share of the expression up to a constant of the cell, [B, genes], and the logits of additional zeros, null where there are none.</summary>
internal abstract class ScViDecoder(string name) : nn.Module<Tensor, Tensor?, (Tensor Logits, Tensor? DropoutLogits)>(name);
