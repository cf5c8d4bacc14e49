namespace ScFm.Model.Graphs;

/// <summary>A cluster for every cell.</summary>
/// <param name="Labels">Each cell's cluster; clusters are numbered from 0, the largest first (of equal ones, that of the first cell).</param>
/// <param name="Count">Number of clusters.</param>
/// <param name="Resolution">The resolution that gave them.</param>
/// <param name="Quality">Value of the objective.</param>
public sealed record Partition(int[] Labels, int Count, double Resolution, double Quality)
{
    /// <summary>The clusters as text, for a column of obs: "0", "1", ...</summary>
    public string[] Names => Array.ConvertAll(Labels, l => l.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The partition in a line.</summary>
    public override string ToString() => $"{Count} clusters of {Labels.Length} cells (resolution {Resolution:0.####}, quality {Quality:0.0000})";

    internal static Partition From(int[] membership, double resolution, double quality)
    {
        var rank = membership.CountBy(m => m).OrderByDescending(c => c.Value).Select((c, i) => (c.Key, i)).ToDictionary();
        return new Partition(Array.ConvertAll(membership, m => rank[m]), rank.Count, resolution, quality);
    }
}
