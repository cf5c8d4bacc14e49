using static TorchSharp.torch;

namespace ScFm.Model.Training;

/// <summary>What the loop needs of one forward pass.</summary>
/// <param name="Loss">The mean loss of its cells, or of whatever <paramref name="Weight"/> counts, a float32 scalar that can be differentiated.</param>
/// <param name="Tokens">Tokens that went through the encoder.</param>
/// <param name="Flops">Floating-point operations of the matrix products of the forward and the backward pass, two a multiply-add; 0 where they are not counted. Default: 0.</param>
/// <param name="Weight">What <paramref name="Loss"/> is the mean over, such as the number of masked genes, above 0: the loss of a step is the mean over all of its passes, however its cells are shared out among passes and ranks. Default: the number of cells.</param>
public readonly record struct BatchLoss(Tensor Loss, long Tokens, double Flops = 0, double? Weight = null);
