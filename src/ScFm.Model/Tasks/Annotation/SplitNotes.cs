using System.Globalization;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>What should be known of a split before its scores are believed.</summary>
internal static class SplitNotes
{
    private const int Named = 8;

    /// <summary>One sentence for each thing that is not as one would expect.</summary>
    /// <param name="types">All types.</param>
    /// <param name="labels">The type of each cell, -1 where it has none.</param>
    /// <param name="parts">The split.</param>
    /// <param name="isTested">False where no cell is to be tested on. Default: true.</param>
    internal static IEnumerable<string> Of(string[] types, int[] labels, AnnotationParts parts, bool isTested = true)
    {
        var (training, test) = (Counts(types, labels, parts.Training), Counts(types, labels, parts.Test));
        var unlabelled = labels.Count(label => label < 0);
        if (unlabelled > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{unlabelled:N0} cells have no label: they are neither learnt from nor tested on; {parts.Unlabelled.Length:N0} of them may be pretrained on.");
        }
        int[] unscored = [.. Places(types, type => isTested && training[type] > 0 && test[type] == 0)];
        if (unscored.Length > 0)
        {
            yield return $"No cell is tested on of {Listed(types, training, unscored)}: {(unscored.Length == 1 ? "it is" : "they are")} learnt, and not scored.";
        }
        int[] unseen = [.. Places(types, type => training[type] == 0 && test[type] > 0)];
        if (unseen.Length > 0)
        {
            var cells = unseen.Sum(type => test[type]);
            yield return string.Create(CultureInfo.InvariantCulture,
                $"No cell is learnt from of {Listed(types, test, unseen)}, which is {100.0 * cells / parts.Test.Length:0.0}% of the test cells: they count as wrong, so that no accuracy can exceed {100 - 100.0 * cells / parts.Test.Length:0.0}%.");
        }
    }

    private static int[] Counts(string[] types, int[] labels, int[] cells)
    {
        var counts = new int[types.Length];
        foreach (var cell in cells)
        {
            counts[labels[cell]]++;
        }
        return counts;
    }

    private static IEnumerable<int> Places(string[] types, Func<int, bool> isWanted) => Enumerable.Range(0, types.Length).Where(isWanted);

    private static string Listed(string[] types, int[] counts, int[] chosen)
    {
        var names = chosen.Take(Named).Select(type => $"{types[type]} ({counts[type]} cell{(counts[type] == 1 ? "" : "s")})");
        return string.Join(", ", names) + (chosen.Length > Named ? $" and {chosen.Length - Named} more" : "");
    }
}
