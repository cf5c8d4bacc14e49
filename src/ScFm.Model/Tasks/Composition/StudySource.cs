using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;

namespace ScFm.Model.Tasks.Composition;

/// <summary>A file or folder of cells that a plan names.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Cells">Its cells.</param>
internal sealed record StudySource(string Path, Corpus Cells)
{
    private readonly Dictionary<string, string?[]?> labels = [];

    /// <summary>Opens a file or folder of a plan.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="field">The plan's field that names it.</param>
    /// <exception cref="FileNotFoundException">The path leads nowhere; the message names the field.</exception>
    /// <exception cref="InvalidDataException">There are no cells; the message names the field.</exception>
    internal static StudySource Open(Func<string, Corpus> open, string path, string field)
    {
        try
        {
            return new StudySource(path, open(path));
        }
        catch (FileNotFoundException error)
        {
            throw new FileNotFoundException($"{field}: {error.Message}", path, error);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{field}: {error.Message}", error);
        }
    }

    /// <summary>The name of the file or folder, as the column source has it.</summary>
    internal string Name => Cells.Name;

    /// <summary>Sources of one name under names that tell them apart, in whatever choice of them.</summary>
    internal static IEnumerable<StudySource> Apart(IReadOnlyList<StudySource> sources)
    {
        var labels = SourceLabels.Of([.. sources.SelectMany(source => source.Cells.Sources.Take(1))]);
        return sources.Zip(labels, (source, label) => source.Cells.Sources is [var only] && label != only.Name && source.Cells.Recipe is OpenRecipe // of a choice of cells the choice would be lost
            ? source with { Cells = Corpus.Of(new CorpusSource(only.Cells, label, only.Path)) }
            : source);
    }

    /// <summary>What a column says of each cell, null where nothing; null where there is no such column.</summary>
    internal string?[]? Labels(string column)
    {
        if (!labels.TryGetValue(column, out var known))
        {
            labels[column] = known = Cells.Obs.Find(column) is { } found ? ColumnLabels.Of(found) : null;
        }
        return known;
    }

    /// <summary>The same cells with their genes under the names of another source, where aliases know them; the values come into memory.</summary>
    internal StudySource Renamed(StudySource first, GeneAliases aliases, CancellationToken cancellation)
    {
        var (cells, report) = GeneMapping.Map(Cells.Load(cancellation), new GeneVocabulary(first.Cells.VarNames), aliases);
        var missing = report.Missing.ToHashSet();
        int[] known = [.. Enumerable.Range(0, cells.GeneCount).Where(gene => !missing.Contains(cells.VarNames[gene]))];
        return this with { Cells = Corpus.Of(cells.SelectGenes(known), Name) };
    }
}
