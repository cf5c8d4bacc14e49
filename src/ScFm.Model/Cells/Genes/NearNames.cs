namespace ScFm.Model.Cells;

/// <summary>Names that are spelt almost like another, for errors.</summary>
internal static class NearNames
{
    private const int MostSteps = 2;

    /// <summary>The names that need the fewest letters inserted, removed or replaced, at most two, whatever their case (Levenshtein 1966).</summary>
    /// <param name="name">The name that is not there.</param>
    /// <param name="names">Those that are.</param>
    /// <param name="most">How many to give. Default: 2.</param>
    internal static IReadOnlyList<string> Of(string name, IEnumerable<string> names, int most = 2) =>
    [
        .. names.Where(other => Math.Abs(other.Length - name.Length) <= MostSteps).Distinct().Select(other => (Name: other, Steps: Steps(name.ToUpperInvariant(), other.ToUpperInvariant())))
            .Where(other => other.Steps <= Math.Min(MostSteps, name.Length / 2)).OrderBy(other => other.Steps).ThenBy(other => other.Name, StringComparer.Ordinal).Take(most).Select(other => other.Name),
    ];

    private static int Steps(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                (row[j], diagonal) = (Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1)), row[j]);
            }
        }
        return row[to.Length];
    }
}
