using ScFm.Model.Cells;

namespace ScFm.Model.Tasks;

/// <summary>The names of genes as the reference reads them from an .h5ad file.</summary>
internal static class InputNames
{
    /// <summary>Samples whose genes are named by the column gene_name of var, where there is one, whatever the index holds.</summary>
    public static AnnData Prefer(AnnData samples) => samples.Var.Find("gene_name") is { } names
        ? samples.With(samples.X, [.. Enumerable.Range(0, samples.GeneCount).Select(names.Text)], samples.Var, layer => layer)
        : samples;
}
