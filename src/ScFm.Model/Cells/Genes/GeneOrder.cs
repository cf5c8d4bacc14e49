namespace ScFm.Model.Cells;

/// <summary>Compares the genes that are given for a model with those it was trained with: a gene at another place would be taken for another gene.</summary>
internal static class GeneOrder
{
    private const int MostNamed = 3;

    /// <summary>Checks that two vocabularies have the same names at the same places.</summary>
    /// <param name="given">The genes that the user gives.</param>
    /// <param name="stated">The genes that the model states.</param>
    /// <param name="source">What the error names: the file or folder of the model.</param>
    /// <exception cref="InvalidDataException">They differ; the message names the first that do and says how many.</exception>
    public static void Require(GeneVocabulary given, GeneVocabulary stated, string source)
    {
        int[] other = [.. Enumerable.Range(0, Math.Min(given.Count, stated.Count)).Where(place => given.Names[place] != stated.Names[place])];
        List<string> problems = [];
        if (given.Count != stated.Count)
        {
            problems.Add($"it has {given.Count} genes, expected {stated.Count}");
        }
        if (other.Length > 0)
        {
            problems.Add($"{other.Length} places have another gene, the first: "
                + string.Join(", ", other.Take(MostNamed).Select(place => $"place {place} has {given.Names[place]}, expected {stated.Names[place]}")));
        }
        if (problems.Count > 0)
        {
            throw new InvalidDataException($"The vocabulary is not that of '{source}': {string.Join("; ", problems)}.");
        }
    }
}
