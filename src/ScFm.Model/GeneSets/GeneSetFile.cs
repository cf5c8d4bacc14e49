using ScFm.Model.Cells.Files;

namespace ScFm.Model.GeneSets;

/// <summary>Reads collections of gene sets: a line a set with its name, a description and its genes, with tabs between.</summary>
/// <remarks>The .gmt format of MSigDB; also that of Enrichr, which may write a weight after each gene ("ALKBH3,1.0") that means nothing and is left out.</remarks>
public static class GeneSetFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A .gmt file, or one of Enrichr's libraries; may be gzipped.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line is no gene set; the message names file and line.</exception>
    public static IReadOnlyList<GeneSet> Read(string path)
    {
        var sets = new List<GeneSet>();
        var known = new Dictionary<string, int>();
        using var reader = new StreamReader(DataFile.Open(path));
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.AsSpan().Trim().IsEmpty)
            {
                continue;
            }
            var set = Parse(line, $"Line {number} of '{path}'");
            if (!known.TryAdd(set.Name, number))
            {
                throw new InvalidDataException($"Line {number} of '{path}' names the gene set '{set.Name}' again, as line {known[set.Name]}; expected every name once.");
            }
            sets.Add(set);
        }
        return sets.Count > 0 ? sets : throw new InvalidDataException($"'{path}' holds no gene set; expected lines of a name, a description and genes, with tabs between.");
    }

    private static GeneSet Parse(string line, string where)
    {
        if (line.Contains('\0'))
        {
            throw new InvalidDataException($"{where} holds binary data; expected text: a name, a description and genes, with tabs between.");
        }
        var fields = line.Split('\t', StringSplitOptions.TrimEntries);
        if (fields.Length < 3)
        {
            throw new InvalidDataException($"{where} has {fields.Length} field{(fields.Length == 1 ? "" : "s")} between tabs; expected a name, a description and one gene or more.");
        }
        if (fields[0].Length == 0)
        {
            throw new InvalidDataException($"{where} begins with a tab; expected the name of a gene set.");
        }
        string[] genes = [.. fields[2..].Select(Gene).Where(gene => gene.Length > 0).Distinct()];
        return genes.Length > 0 ? new GeneSet(fields[0], fields[1], genes) : throw new InvalidDataException($"{where}, the gene set '{fields[0]}', has no genes; expected one or more.");
    }

    private static string Gene(string field) => field.IndexOf(',') is >= 0 and var comma ? field[..comma].TrimEnd() : field;
}
