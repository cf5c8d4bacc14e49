namespace ScFm.Model.Models.Geneformer;

/// <summary>How closely a model gives back the order of each cell's genes, and how closely the mean order of all other cells does.</summary>
/// <remarks>
/// The cell is read without masks, and the token that is most likely at each rank is taken. A token's place is 1 at the first rank and falls on a line to 0 at
/// the last; a token given back at several ranks gets the mean of their places; one that stands on one side alone is 0 on the other. The correlation is
/// Pearson's over the tokens of both sides. The mean place of a token is that over the other cells in which it stands, 0 where it stands in none. NaN where a cell has fewer
/// than two genes, and the mean's where no other cell has one of its genes. As nothing is hidden, a model that copies its input scores 1: this is reconstruction, not prediction.
/// Source: the measure of the training-data study (Nadig et al. 2025) for Geneformer, as Kedzierska et al. 2023 define it (file model_output.py); there the
/// mean holds the cell itself, which alone gives back a gene of one cell exactly, and lacks each cell's last rank.
/// </remarks>
/// <param name="Correlations">The model's correlation, one a cell.</param>
/// <param name="MeanRankCorrelations">That of the other cells' mean places, one a cell: what is known without the cell. NaN of one cell.</param>
public sealed record RankReconstruction(double[] Correlations, double[] MeanRankCorrelations);
