using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Training;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>Splits labelled cells as an <see cref="AnnotationSplit"/> says.</summary>
internal static class SplitDraw
{
    private const long Purpose = 0x5350;

    private static readonly string[] ToTrain = ["train", "training", "validation", "valid", "val"];
    private static readonly string[] ToTest = ["test", "held-out"];

    /// <summary>Splits cells.</summary>
    /// <param name="split">How.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="obs">What is known of the cells.</param>
    /// <param name="labels">The type of each cell, -1 where it has none.</param>
    /// <exception cref="InvalidDataException">There is no such column, it says something else, or nothing is left to learn from or to test on.</exception>
    internal static AnnotationParts Of(AnnotationSplit split, int seed, Table obs, IReadOnlyList<int> labels)
    {
        var parts = split.Column is { } column ? ByColumn(Labels(obs, column, "split.column"), column, labels)
            : split.Groups is { } groups ? ByGroups(split, seed, Labels(obs, groups, "split.groups"), labels)
            : AtRandom(split, seed, labels);
        return parts switch
        {
            { Training: [] } => throw new InvalidDataException($"The split ({split}) leaves no labelled cell to learn from; expected some."),
            { Test: [] } => throw new InvalidDataException($"The split ({split}) leaves no labelled cell to test on; expected some."),
            _ => parts,
        };
    }

    /// <summary>Draws cells at random to set aside, each type by its share; the last cell of a type stays.</summary>
    /// <param name="labelled">The cells with a label.</param>
    /// <param name="labels">The type of each cell.</param>
    /// <param name="share">The share.</param>
    /// <param name="seed">Seed of the draw.</param>
    internal static int[] Away(int[] labelled, IReadOnlyList<int> labels, double share, int seed) =>
        [.. StratifiedDraw.Away([.. labelled.Select(cell => labels[cell])], share, Seeds.For(seed, Purpose)).Select(place => labelled[place])];

    private static AnnotationParts AtRandom(AnnotationSplit split, int seed, IReadOnlyList<int> labels)
    {
        int[] labelled = [.. Places(labels, label => label >= 0)];
        var test = Away(labelled, labels, split.TestShare, seed);
        return new AnnotationParts([.. labelled.Except(test)], test, [.. Places(labels, label => label < 0)], []);
    }

    private static AnnotationParts ByGroups(AnnotationSplit split, int seed, string?[] groups, IReadOnlyList<int> labels)
    {
        string[] all = [.. groups.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (all.Length < 2)
        {
            throw new InvalidDataException($"split.groups names the column '{split.Groups}', which has {all.Length} group{(all.Length == 1 ? $", '{all[0]}'" : "s")}; expected at least 2.");
        }
        var test = (split.TestGroups ?? Drawn(all, split.TestShare, seed)).ToHashSet();
        if (test.FirstOrDefault(group => !all.Contains(group)) is { } unknown)
        {
            throw new InvalidDataException($"split.testGroups names '{unknown}', which is no {split.Groups}; expected some of {string.Join(", ", all.Take(20))}.");
        }
        var without = groups.Count(group => group is null);
        return Told(labels, groups.Select(group => group is null ? (bool?)null : test.Contains(group)),
        [
            $"Tested on {split.Groups} {string.Join(", ", test.Order(StringComparer.Ordinal))}.",
            .. without > 0 ? [$"{without} cells have no {split.Groups}: they are left out, since they may be of a group that is tested on."] : Array.Empty<string>(),
        ]);
    }

    private static string[] Drawn(string[] groups, double share, int seed)
    {
        string[] order = [.. groups];
        Seeds.For(seed, Purpose).Shuffle(order);
        return order[..Math.Clamp((int)Math.Round(groups.Length * share), 1, groups.Length - 1)];
    }

    private static AnnotationParts ByColumn(string?[] said, string column, IReadOnlyList<int> labels)
    {
        if (said.OfType<string>().FirstOrDefault(value => !ToTrain.Contains(value) && !ToTest.Contains(value)) is { } unknown)
        {
            throw new InvalidDataException($"split.column names the column '{column}', which says '{unknown}'; expected {string.Join(", ", ToTrain)}, {string.Join(" or ", ToTest)}.");
        }
        var (without, validation) = (said.Count(value => value is null), said.Count(value => value is not null && ToTrain.AsSpan(2).Contains(value)));
        return Told(labels, said.Select(value => value is null ? (bool?)null : ToTest.Contains(value)),
        [
            .. without > 0 ? [$"{without} cells have no {column}: they are left out."] : Array.Empty<string>(),
            .. validation > 0 ? [$"{validation} cells are to validate on: they are learnt from, since annotators take what they validate on from their own cells."] : Array.Empty<string>(),
        ]);
    }

    /// <summary>The parts where each cell is to be tested on, or not, or is left out.</summary>
    private static AnnotationParts Told(IReadOnlyList<int> labels, IEnumerable<bool?> isTest, IReadOnlyList<string> notes)
    {
        (int Label, bool? IsTest)[] cells = [.. labels.Zip(isTest)];
        return new AnnotationParts(
            [.. Places(cells, cell => cell is { Label: >= 0, IsTest: false })], [.. Places(cells, cell => cell is { Label: >= 0, IsTest: true })],
            [.. Places(cells, cell => cell is { Label: < 0, IsTest: false })], notes);
    }

    private static string?[] Labels(Table obs, string column, string field) => ColumnLabels.Of(RequiredColumn.Of(obs, column, $"{field} names the column"));

    private static IEnumerable<int> Places<T>(IReadOnlyList<T> cells, Func<T, bool> isWanted) => Enumerable.Range(0, cells.Count).Where(cell => isWanted(cells[cell]));
}
