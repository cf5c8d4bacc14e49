using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Screens;

/// <summary>Cells with a label each, every label as often as asked, whose counts are given by label.</summary>
internal static class LabelledCounts
{
    internal static readonly string[] Genes = ["CEBPE", "ETS2", "KLF1", "MYC", "G1", "G2"];

    /// <summary>Cells of the labels, each with the counts 1, 2, ... of the genes, or its own.</summary>
    internal static AnnData Of(IReadOnlyList<string?> labels, IReadOnlyList<string>? contexts = null, Func<int, float[]>? counts = null)
    {
        var rows = Enumerable.Range(0, labels.Count).SelectMany(cell => counts?.Invoke(cell) ?? [1, 2, 3, 4, 5, 6]).ToArray();
        var obs = new Table(new TextColumn("perturbation", [.. labels]));
        return new AnnData(
            CsrMatrix.FromDense(new DenseMatrix(labels.Count, Genes.Length, rows)), [.. labels.Select((_, cell) => $"cell-{cell}")], Genes,
            contexts is null ? obs : obs.With(new TextColumn("type", [.. contexts])));
    }

    /// <summary>Some labels, each several times.</summary>
    internal static string[] Times(int times, params string[] labels) => [.. labels.SelectMany(label => Enumerable.Repeat(label, times))];
}
