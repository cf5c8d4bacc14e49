using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A kind of model as a study of training data asks it; a new kind is one class and one line in <see cref="StudyModels"/>.</summary>
public interface IStudyModel
{
    /// <summary>The name that tables and figures show.</summary>
    string Name { get; }

    /// <summary>All that its results depend on beyond the cells and the seed, in words.</summary>
    string Settings { get; }

    /// <summary>What its score of a cell is called, such as R².</summary>
    string Score { get; }

    /// <summary>True for what any model must beat: it stands in the columns of tables, not in their rows.</summary>
    bool IsBaseline { get; }

    /// <summary>Trains, or reads what was trained before.</summary>
    /// <param name="training">Raw counts, [cells, genes of the study], loaded from a corpus: their recipe is kept with the model.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="file">Where the model is kept, without an ending, and a half-trained one to go on from; null keeps nothing.</param>
    /// <param name="progress">Told the share of the training that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops the training; what was learnt is kept in the file.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    IFittedModel Fit(AnnData training, int seed, string? file, IProgress<double>? progress, CancellationToken cancellation);
}
