using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Models;
using ScFm.Model.Tasks.Enhancers;

namespace ScFm.Model.Tests.Tasks.Enhancers;

/// <summary>How near to the sample's full depth a method comes from a tenth of the reads, over non-zero genes.</summary>
internal sealed record Recovery(RecoveryScores Observed, RecoveryScores Method)
{
    internal static Recovery OfSample(IEnhancer method)
    {
        var full = TaskCells.All;
        var thinned = full.WithX(Downsampling.Binomial(full.X, 0.1, seed: 3));
        var truth = Normalisation.LogNormalise(full.X).ToDense().Values;
        return new Recovery(
            Reconstruction.OfExpressed<float>(truth, Normalisation.LogNormalise(thinned.X).ToDense().Values),
            Reconstruction.OfExpressed<float>(truth, method.Enhance(thinned).Values));
    }

    /// <summary>Cells with made-up names.</summary>
    internal static AnnData Cells(CsrMatrix counts) =>
        new(counts, [.. Enumerable.Range(0, counts.Rows).Select(i => $"cell-{i}")], [.. Enumerable.Range(0, counts.Columns).Select(i => $"gene-{i}")]);
}
