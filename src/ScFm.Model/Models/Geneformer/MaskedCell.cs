namespace ScFm.Model.Models.Geneformer;

/// <summary>A cell some of whose tokens are to be predicted.</summary>
/// <param name="Tokens">What the model sees, by rank.</param>
/// <param name="Predicted">The ranks to predict, ascending.</param>
/// <param name="Targets">The tokens that stood there.</param>
public sealed record MaskedCell(int[] Tokens, int[] Predicted, int[] Targets);
