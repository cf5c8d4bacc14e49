namespace ScFm.Model.Corpora;

/// <summary>What the column "source" calls the sources of a corpus: their names, and where several have one name, so many of the folders before it as tell them apart, or a number.</summary>
/// <remarks>
/// The same source has the same label wherever it stands in the corpus: files are the same by their paths, other cells by their identity, which is taken only where names meet.
/// A recipe keeps both, so the labels come again when it is replayed.
/// </remarks>
internal static class SourceLabels
{
    private static readonly char[] separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>The label of each source.</summary>
    public static string[] Of(IReadOnlyList<CorpusSource> sources)
    {
        string[] labels = [.. sources.Select(source => source.Name)];
        var taken = labels.ToHashSet(StringComparer.Ordinal);
        foreach (var alike in Enumerable.Range(0, labels.Length).GroupBy(i => sources[i].Name))
        {
            if (alike.Select(i => sources[i]).Distinct().Count() == 1)
            {
                continue; // most corpora: nobody asks for an identity
            }
            int[][] different = [.. alike.GroupBy(i => KeyOf(sources[i])).Select(same => same.ToArray())];
            if (different.Length == 1)
            {
                continue;
            }
            taken.Remove(alike.Key);
            var names = WithFolders([.. different.Select(same => sources[same[0]])]);
            for (var i = 0; i < different.Length; i++)
            {
                var label = Free(names[i], taken);
                Array.ForEach(different[i], source => labels[source] = label);
            }
        }
        return labels;
    }

    private static (string? Path, string? Identity) KeyOf(CorpusSource source) => source.Path is { } path ? (Path.GetFullPath(path), null) : (null, source.Identity);

    // As few folders as tell all apart that have a path.
    private static string[] WithFolders(CorpusSource[] sources)
    {
        string[][] folders = Array.ConvertAll(sources, source => source.Path is { } path
            ? Path.GetDirectoryName(Path.GetFullPath(path))?.Split(separators, StringSplitOptions.RemoveEmptyEntries) ?? []
            : []);
        var files = sources.Count(source => source.Path is not null);
        for (var depth = files > 1 ? 1 : 0; ; depth++)
        {
            string[] names = [.. sources.Select((source, i) => string.Join('/', folders[i].TakeLast(depth).Append(source.Name)))];
            if (names.Where((_, i) => sources[i].Path is not null).Distinct().Count() == files || folders.All(own => own.Length <= depth))
            {
                return names;
            }
        }
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var label = name;
        for (var number = 2; !taken.Add(label); number++)
        {
            label = $"{name} {number}";
        }
        return label;
    }
}
