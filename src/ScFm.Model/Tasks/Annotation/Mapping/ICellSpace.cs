using ScFm.Model.Cells;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Mapping;

/// <summary>A space in which like cells lie near each other: where cells are mapped to a reference.</summary>
public interface ICellSpace : IDisposable
{
    /// <summary>What it is called in tables, such as "PCA 50".</summary>
    string Name { get; }

    /// <summary>The genes that it knows.</summary>
    GeneVocabulary Genes { get; }

    /// <summary>The networks that compute; none where there are none.</summary>
    IReadOnlyList<nn.Module> Networks => [];

    /// <summary>Places cells.</summary>
    /// <param name="cells">Raw counts.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>[cells, dimensions].</returns>
    /// <exception cref="InvalidDataException">The values are no raw counts, or the source or a cell has no gene of the space.</exception>
    DenseMatrix Place(ICellSource cells, CancellationToken cancellation = default);

    /// <summary>What a file needs to open it again, beside the reference; <see cref="CellSpaces"/> reads it.</summary>
    /// <returns>Tensors, and a text for the header.</returns>
    (Dictionary<string, Tensor> Tensors, string Description) ToFile();
}
