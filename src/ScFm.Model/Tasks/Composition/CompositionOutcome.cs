namespace ScFm.Model.Tasks.Composition;

/// <summary>How well one model, trained on one mix with one seed, describes the cells of one evaluation.</summary>
/// <param name="Model">The model.</param>
/// <param name="Training">The training.</param>
/// <param name="Evaluation">The evaluation.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Score">What the scores are called, such as R².</param>
/// <param name="IsBaseline">True for what any model must beat.</param>
/// <param name="TrainingCells">Cells that the training drew.</param>
/// <param name="Scores">One score a cell, in the same order for every model; NaN where it is not defined.</param>
public sealed record CompositionOutcome(
    string Model, string Training, string Evaluation, int Seed, string Score, bool IsBaseline, int TrainingCells, float[] Scores)
{
    /// <summary>The mean over the cells that have a score; NaN where none has.</summary>
    public double Mean => Scores.Where(score => !float.IsNaN(score)).Select(score => (double)score).DefaultIfEmpty(double.NaN).Average();
}
