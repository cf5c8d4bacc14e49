using ScFm.Model.Cells;

namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>Numbers that are known of source samples and target cells alike: expression of the same genes, or an embedding by the same model.</summary>
/// <param name="Name">What tables of results call it.</param>
/// <param name="Source">[samples, features].</param>
/// <param name="Target">[cells, features].</param>
/// <param name="Standardise">Whether a network is given each feature at mean 0 and standard deviation 1 over both domains: in the published runs so with expression, and not with an embedding.</param>
public sealed record TransferTable(string Name, DenseMatrix Source, DenseMatrix Target, bool Standardise)
{
    /// <summary>The names of the features. Default: none are known.</summary>
    public IReadOnlyList<string>? Features { get; init; }
}
