using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>The cells of one training with one seed.</summary>
/// <param name="Training">What was planned.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Recipe">How the cells were chosen, in words, with what tells the sources apart: it is kept with every model.</param>
/// <param name="Count">How many cells.</param>
/// <param name="Load">Brings their raw counts into memory, in the study's genes.</param>
internal sealed record TrainingCells(PlannedTraining Training, int Seed, string Recipe, int Count, Func<CancellationToken, AnnData> Load);
