using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>What the analyses of a study ask.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="Models">Its models, without what they must beat.</param>
/// <param name="Fitted">The trained models.</param>
/// <param name="Cancellation">Stops between two models.</param>
internal sealed record AnalysisInput(CompositionPlan Plan, StudyCells Cells, IReadOnlyList<IStudyModel> Models, FittedModels Fitted, CancellationToken Cancellation)
{
    /// <summary>The seeds of the study.</summary>
    internal IEnumerable<int> Seeds => Enumerable.Range(0, Plan.Seeds);

    /// <summary>A trained model, where it has a latent space; otherwise null.</summary>
    internal ILatentModel? Latent(IStudyModel model, string training, int seed)
    {
        Cancellation.ThrowIfCancellationRequested();
        return Fitted.Get(model, training, seed, progress: null, Cancellation) as ILatentModel;
    }

    /// <summary>The latent space of all scored cells, each once, evaluation after evaluation; null where the model has none.</summary>
    internal DenseMatrix? LatentOfAll(IStudyModel model, string training, int seed)
    {
        if (Latent(model, training, seed) is not { } fitted)
        {
            return null;
        }
        var parts = ScoredCells.Once(Cells.Evaluations.Select(evaluation => evaluation.Cells)).Select(cells => fitted.Latent(cells, Cancellation)).ToList();
        return new DenseMatrix(parts.Sum(part => part.Rows), parts[0].Columns, [.. parts.SelectMany(part => part.Values)]);
    }
}
