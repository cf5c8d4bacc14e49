namespace ScFm.Model.Models.ScBert;

/// <summary>A cell as scBERT sees it: the genes that are not in bin 0.</summary>
/// <param name="Genes">Their places in the vocabulary, ascending.</param>
/// <param name="Bins">Their tokens: a bin above 0, or the mask.</param>
public sealed record BinnedCell(int[] Genes, int[] Bins);
