namespace ScFm.Model.Models.ScBert;

/// <summary>A cell some of whose bins are to be predicted.</summary>
/// <param name="Seen">What the model sees of it.</param>
/// <param name="Predicted">Which of its genes are to be predicted, as places in <see cref="BinnedCell.Genes"/>, ascending.</param>
/// <param name="Targets">Their bins.</param>
public sealed record MaskedBins(BinnedCell Seen, int[] Predicted, int[] Targets);
