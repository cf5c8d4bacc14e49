using ScFm.Model.Cells;
using ScFm.Model.Models;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>Knows cell types: what an <see cref="IAnnotator"/> has learnt, or what was saved of it.</summary>
public interface ICellClassifier : IModel, IDisposable
{
    /// <summary>The types it knows.</summary>
    IReadOnlyList<string> Types { get; }

    /// <summary>The genes that it looks for in cells; null where it looks for none, or has them in other words.</summary>
    GeneVocabulary? Genes => null;

    /// <summary>What it decided while it was fitted and what it cost.</summary>
    ClassifierFit Fit { get; }

    /// <summary>How likely each type is for each cell.</summary>
    /// <param name="cells">Raw counts; genes are found by name or id.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>[cells, types]; each row sums to 1.</returns>
    /// <exception cref="InvalidDataException">None of the genes it knows is there, or the values are no raw counts.</exception>
    DenseMatrix Probabilities(ICellSource cells, CancellationToken cancellation = default);
}
