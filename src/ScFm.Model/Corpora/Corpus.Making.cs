using ScFm.Model.Cells;

namespace ScFm.Model.Corpora;

public sealed partial class Corpus
{
    /// <summary>All cells of a file or folder.</summary>
    /// <param name="path">A corpus store, or any file or folder that <see cref="AnnDataReader"/> reads; where it does not exist, the same with ".corpus" behind it.</param>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    /// <exception cref="InvalidDataException">It holds no cells; the message says why.</exception>
    public static Corpus Open(string path) => Of(CorpusFiles.Open(path));

    /// <summary>All cells of some sources, one after another, with the genes that all have.</summary>
    /// <param name="sources">The sources, at least one.</param>
    /// <exception cref="ArgumentException">There is no source.</exception>
    /// <exception cref="InvalidDataException">No gene is in all sources.</exception>
    public static Corpus Of(params IReadOnlyList<ICellSource> sources) => Join([.. sources.Select((cells, i) => cells as Corpus ?? Of(cells, NameOf(sources, i)))]);

    /// <summary>All cells of a source, under a name for reports and the column "source".</summary>
    /// <param name="cells">The source.</param>
    /// <param name="name">What it is called.</param>
    public static Corpus Of(ICellSource cells, string name) => Of(new CorpusSource(cells, name));

    /// <summary>All cells of some corpora, one after another.</summary>
    /// <param name="parts">The corpora, at least one.</param>
    /// <param name="genes">Which genes. Default: those that all have.</param>
    /// <exception cref="ArgumentException">There is no corpus.</exception>
    /// <exception cref="InvalidDataException">No gene is in all corpora, where those are wanted.</exception>
    public static Corpus Join(IReadOnlyList<Corpus> parts, GeneJoin genes = GeneJoin.Inner) => parts.Count switch
    {
        0 => throw new ArgumentException("There is no source of cells; expected at least one.", nameof(parts)),
        1 => parts[0],
        _ => Together(parts, genes, () => JoinRecipe.Of([.. parts.Select(part => part.Recipe)], genes)),
    };

    /// <summary>Some cells of several corpora, drawn at random without replacement.</summary>
    /// <param name="parts">The corpora, and how many cells to draw of each.</param>
    /// <param name="seed">Seed of the draw. Default: 0.</param>
    /// <param name="genes">Which genes. Default: those that all have.</param>
    /// <exception cref="ArgumentException">There is no part, or a part has fewer cells than are asked of it.</exception>
    /// <exception cref="InvalidDataException">No gene is in all corpora, where those are wanted.</exception>
    public static Corpus Mix(IReadOnlyList<(Corpus Corpus, int Cells)> parts, int seed = 0, GeneJoin genes = GeneJoin.Inner)
    {
        if (parts.Count == 0)
        {
            throw new ArgumentException("The mix has no part; expected at least one.", nameof(parts));
        }
        MixRecipe Recipe() => new([.. parts.Select(part => part.Corpus.Recipe)], [.. parts.Select(part => part.Cells)], seed, genes);
        return Together([.. parts.Select((part, i) => part.Corpus.Drawn(part.Cells, seed, i, Recipe))], genes, Recipe);
    }

    /// <summary>Some cells of several corpora that are opened by name, drawn at random without replacement.</summary>
    /// <param name="parts">A name as <see cref="Open"/> takes it, and how many cells to draw of it.</param>
    /// <param name="seed">Seed of the draw. Default: 0.</param>
    /// <param name="genes">Which genes. Default: those that all have.</param>
    /// <inheritdoc cref="Mix(IReadOnlyList{ValueTuple{Corpus, int}}, int, GeneJoin)" path="/exception"/>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    public static Corpus Mix(IReadOnlyList<(string Name, int Cells)> parts, int seed = 0, GeneJoin genes = GeneJoin.Inner) =>
        Mix([.. parts.Select(part => (Open(part.Name), part.Cells))], seed, genes);

    /// <summary>Some cells of two corpora that are opened by name, drawn at random without replacement.</summary>
    /// <inheritdoc cref="Mix(IReadOnlyList{ValueTuple{string, int}}, int, GeneJoin)" path="/exception"/>
    public static Corpus Mix((string Name, int Cells) first, (string Name, int Cells) second, int seed = 0) => Mix([first, second], seed);

    /// <summary>Chooses the cells of a recipe again.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="sources">The cells that were given as objects when it was made; files are opened by their paths. Default: none.</param>
    /// <exception cref="InvalidDataException">A source has changed since, or is not among those given.</exception>
    /// <exception cref="FileNotFoundException">A file is gone.</exception>
    public static Corpus Replay(Recipe recipe, params IReadOnlyList<ICellSource> sources)
    {
        var opened = new Dictionary<OpenRecipe, CorpusSource>(); // a source that is named twice is opened once
        return recipe.Replay(step => opened.TryGetValue(step, out var source) ? source : opened[step] = CorpusFiles.Find(step, sources));
    }

    internal static Corpus Of(CorpusSource source)
    {
        var slice = CorpusSlice.Of(source, out var genes);
        var summed = source.Cells.GeneCount - genes.Length;
        return new Corpus([slice], [.. Enumerable.Range(0, source.Cells.CellCount).Select(cell => new CellPlace(0, cell))], genes, () => source.Recipe,
            summed > 0 ? [$"{summed} genes of '{source.Name}' have the name of another one; they are summed."] : []);
    }

    /// <summary>Different cells of the same name are told apart by a number.</summary>
    private static string NameOf(IReadOnlyList<ICellSource> sources, int at)
    {
        var (name, before) = (sources[at].Name, sources.Where(other => other.Name == sources[at].Name).Distinct().ToList().IndexOf(sources[at]));
        return before == 0 ? name : $"{name} {before + 1}";
    }

    private static Corpus Together(IReadOnlyList<Corpus> parts, GeneJoin join, Func<Recipe> recipe)
    {
        var (genes, targets) = GeneAlignment.Join([.. parts.Select(part => (part.Name, part.VarNames))], join);
        var (slices, places) = (new List<CorpusSlice>(), new List<CellPlace>(parts.Sum(part => part.CellCount)));
        var notes = parts.SelectMany(part => part.Notes).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            var indexOf = Array.ConvertAll(parts[i].slices, slice => IndexOf(slices, slice.Then(targets[i], genes.Length)));
            places.AddRange(parts[i].places.Select(place => place with { Slice = indexOf[place.Slice] }));
            if (genes.Length - parts[i].GeneCount is > 0 and var absent)
            {
                notes.Add($"'{parts[i].Name}' lacks {absent} of the {genes.Length} genes; they are zero in its cells.");
            }
        }
        return new Corpus([.. slices], [.. places], genes, recipe, [.. notes.Distinct()]);
    }

    private static int IndexOf(List<CorpusSlice> slices, CorpusSlice slice)
    {
        var at = slices.FindIndex(slice.Equals);
        if (at >= 0)
        {
            return at;
        }
        slices.Add(slice);
        return slices.Count - 1;
    }
}
