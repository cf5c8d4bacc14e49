using ScFm.Model.Corpora;

namespace ScFm.Model.Tasks.Composition;

/// <summary>The cells of one training with one seed.</summary>
/// <param name="Training">What was planned.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Cells">The cells, in the study's genes, with the recipe that is kept with every model.</param>
internal sealed record TrainingCells(PlannedTraining Training, int Seed, Corpus Cells);
