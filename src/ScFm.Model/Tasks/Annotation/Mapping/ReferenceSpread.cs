namespace ScFm.Model.Tasks.Annotation.Mapping;

/// <summary>How far a reference's cells of each type lie from their neighbours, by which a cell that is like none of them is known.</summary>
/// <remarks>
/// The score is 1 less a conformal p-value: with x the number of a type's n cells whose mean distance to their nearest others is not below the cell's, p = (1 + x) / (1 + n).
/// Source: Bates et al. 2023, "Testing for outliers with conformal p-values"; that the calibrating cells' own neighbours are of the same reference, each without itself, is
/// ours and makes no difference of more than one cell in n.
/// </remarks>
internal sealed class ReferenceSpread
{
    private readonly float[][] distancesOfType; // ascending

    /// <summary>Sorts the reference's distances.</summary>
    /// <param name="distances">Each reference cell's mean distance to its nearest others.</param>
    /// <param name="labels">The type of each.</param>
    /// <param name="types">Number of types.</param>
    public ReferenceSpread(float[] distances, int[] labels, int types)
    {
        distancesOfType = [.. Enumerable.Range(0, types).Select(type => distances.Where((_, cell) => labels[cell] == type).Order().ToArray())];
    }

    /// <summary>The highest score that a cell which is called a type can get, n / (n + 1): few cells say little of what their type is not.</summary>
    /// <param name="type">The type.</param>
    public double Highest(int type) => distancesOfType[type].Length / (1.0 + distancesOfType[type].Length);

    /// <summary>How unlike a type's cells a cell is, 0 to below 1.</summary>
    /// <param name="type">The type that it was called.</param>
    /// <param name="distance">Its mean distance to its nearest reference cells.</param>
    public double NoneOfThese(int type, float distance)
    {
        var known = distancesOfType[type];
        var nearer = 0;
        for (var end = known.Length; nearer < end;)
        {
            var middle = (nearer + end) / 2;
            (nearer, end) = known[middle] < distance ? (middle + 1, end) : (nearer, middle);
        }
        return 1 - (1.0 + known.Length - nearer) / (1.0 + known.Length);
    }
}
