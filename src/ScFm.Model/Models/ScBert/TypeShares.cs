using ScFm.Model.Tasks.Annotation;

namespace ScFm.Model.Models.ScBert;

/// <summary>How common cell types are.</summary>
internal static class TypeShares
{
    /// <summary>The share of the cells that is of each type, 0 to 1.</summary>
    public static double[] Of(LabelledCells cells)
    {
        var counts = new double[cells.Types.Count];
        foreach (var label in cells.Labels)
        {
            counts[label]++;
        }
        return Array.ConvertAll(counts, count => count / cells.Labels.Length);
    }
}
