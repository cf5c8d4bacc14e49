using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tasks.Annotation.Mapping;

/// <summary>Principal components of a reference's log1p of counts per 10,000, onto which other cells are projected.</summary>
/// <remarks>Counts are brought to 10,000 over the genes of the reference; one that other cells lack is zero in them.</remarks>
public sealed class PcaSpace : ICellSpace
{
    internal const string Kind = "pca";

    private const string MeanKey = "pca.mean";
    private const string LoadingsKey = "pca.loadings";
    private const int LeastCells = 3;

    private readonly double[] mean;
    private readonly DenseMatrix loadings; // [components, genes]

    private PcaSpace(GeneVocabulary genes, double[] mean, DenseMatrix loadings) => (Genes, this.mean, this.loadings) = (genes, mean, loadings);

    /// <inheritdoc/>
    public string Name => $"PCA {loadings.Rows}";

    /// <inheritdoc/>
    public GeneVocabulary Genes { get; }

    private sealed record Description(string Kind, string[] Genes, string?[]? Ids);

    /// <summary>Finds the components of a reference; genes that fewer than three of its cells express are left out, unless it has no more cells.</summary>
    /// <param name="reference">Raw counts.</param>
    /// <param name="components">How many components; cut to what there are. Default: 50.</param>
    /// <param name="seed">Seed of the iteration's first vector; it moves results by rounding only. Default: 0.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataException">The values are no raw counts, or a cell has none.</exception>
    /// <exception cref="ArgumentException">There are fewer than two cells.</exception>
    public static PcaSpace Of(ICellSource reference, int components = 50, int seed = 0, CancellationToken cancellation = default)
    {
        var genes = GeneVocabulary.FromCells(reference, Math.Min(LeastCells, reference.CellCount));
        var counts = Counts(reference, genes, cancellation);
        var pca = Pca.Fit(Normalisation.LogNormalise(counts), new PcaOptions { Components = components, Seed = (ulong)seed }, cancellation);
        return new PcaSpace(genes, pca.Mean, pca.Loadings);
    }

    /// <inheritdoc/>
    public DenseMatrix Place(ICellSource cells, CancellationToken cancellation = default) => Pca.Project(Normalisation.LogNormalise(Counts(cells, Genes, cancellation)), mean, loadings);

    /// <inheritdoc/>
    public (Dictionary<string, Tensor> Tensors, string Description) ToFile() => (
        new Dictionary<string, Tensor>
        {
            [MeanKey] = tensor(mean),
            [LoadingsKey] = tensor(loadings.Values, [loadings.Rows, loadings.Columns]),
        },
        JsonSerializer.Serialize(new Description(Kind, [.. Genes.Names], Genes.Ids is { } ids ? [.. ids] : null)));

    /// <summary>Reads what <see cref="ToFile"/> gave.</summary>
    /// <exception cref="ArgumentException">It does not fit together.</exception>
    internal static PcaSpace Read(IReadOnlyDictionary<string, Tensor> tensors, string description)
    {
        if (JsonSerializer.Deserialize<Description>(description) is not { Genes: { } names } found
            || !tensors.TryGetValue(MeanKey, out var mean) || !tensors.TryGetValue(LoadingsKey, out var loadings)
            || mean.numel() != names.Length || loadings.dim() != 2 || loadings.shape[1] != names.Length || mean.dtype != ScalarType.Float64 || loadings.dtype != ScalarType.Float32)
        {
            throw new ArgumentException($"{MeanKey} and {LoadingsKey} do not fit the genes; expected a number and a column for each.");
        }
        return new PcaSpace(
            new GeneVocabulary(names, found.Ids), mean.data<double>().ToArray(), new DenseMatrix((int)loadings.shape[0], (int)loadings.shape[1], loadings.data<float>().ToArray()));
    }

    /// <summary>Nothing is held that must be freed.</summary>
    public void Dispose() { }

    private static CsrMatrix Counts(ICellSource cells, GeneVocabulary genes, CancellationToken cancellation)
    {
        cells.Totals(cancellation); // looks at every value
        var mapped = MappedCounts.Of(cells, genes, cancellation: cancellation).Counts;
        return mapped.Read([.. Enumerable.Range(0, mapped.Count)], cancellation);
    }
}
