namespace ScFm.Model.Tasks.Composition;

/// <summary>A trained model of a study.</summary>
public interface IFittedModel
{
    /// <summary>How well the model describes cells that it never saw.</summary>
    /// <param name="evaluation">The cells.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>One score a cell; NaN where it is not defined, such as for a cell that expresses none of the genes.</returns>
    float[] Score(EvaluationCells evaluation, CancellationToken cancellation);
}
