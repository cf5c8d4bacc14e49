namespace ScFm.Model.Models.DeepCdr;

/// <summary>Pairs of a drug and a cell line, with what was measured.</summary>
/// <param name="Drugs">Which drug each pair has, a place among the model's graphs.</param>
/// <param name="Cells">Which cell line each pair has, a row of the tables.</param>
/// <param name="Values">Natural logarithm of each pair's IC50 in micromolar.</param>
public sealed record ResponsePairs(int[] Drugs, int[] Cells, float[] Values)
{
    /// <summary>Number of pairs.</summary>
    public int Count => Values.Length;
}
