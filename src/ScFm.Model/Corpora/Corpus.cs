using ScFm.Model.Cells;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Tables;

namespace ScFm.Model.Corpora;

/// <summary>Cells chosen from one or more sources, their genes aligned by name, and the recipe that chose them. It never changes: every choice gives another corpus.</summary>
/// <remarks>
/// Values stay where they are until they are read. Genes of one name in a source are summed, as <see cref="GeneMapping"/> does.
/// Obs has the column "source". A corpus takes 8 bytes a cell beside names and obs. What was opened is closed once no corpus refers to it.
/// </remarks>
/// <example><code>
/// var corpus = Corpus.Mix(("blood", 101_879), ("bonemarrow", 101_879), seed: 1).HoldOut("cell_type", HeldOutTypes.Monocytes);
/// Console.WriteLine(corpus.Recipe);
/// var cells = corpus.Load();
/// </code></example>
public sealed partial class Corpus : ICellSource
{
    private readonly CorpusSlice[] slices;
    private readonly CellPlace[] places;
    private readonly Lazy<string[]> names;
    private readonly Lazy<string?[]?> ids;
    private readonly Lazy<Table> obs;
    private readonly Lazy<string> identity;
    private readonly Lazy<string> countIdentity;
    private readonly Lazy<Recipe> recipe; // it names its sources by identities, for which files are read through

    private Corpus(CorpusSlice[] slices, CellPlace[] places, string[] genes, Func<Recipe> recipe, IReadOnlyList<string> notes)
    {
        (this.slices, this.places, VarNames, this.recipe, Notes) = (slices, places, genes, new(recipe), notes);
        names = new(() => Array.ConvertAll(places, place => slices[place.Slice].Source.Cells.ObsNames[place.Cell]));
        obs = new(() => ObsJoin.Of([.. Sources.Zip(SourceLabels.Of(Sources), (source, label) => source.ObsUnder(label))], places));
        ids = new(IdsOfGenes);
        identity = new(() => Identify(source => source.Identity));
        countIdentity = new(() => Identify(source => source.Cells.CountIdentity));
    }

    /// <summary>The names of the sources.</summary>
    public string Name => string.Join(" + ", slices.Select(slice => slice.Source.Name).Distinct());

    /// <summary>How the cells were chosen.</summary>
    public Recipe Recipe => recipe.Value;

    /// <summary>True where every source was opened from a file or folder, so that the recipe alone gives these cells again, also in another process.</summary>
    public bool IsOfFiles => Sources.All(source => source.Path is not null);

    /// <summary>What should be known of the choice, one sentence each: genes that a source lacks, cells without a label.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The cells that the last step left out, where that was <see cref="HoldOut(string, string[])"/>; otherwise null.</summary>
    public Corpus? HeldOut { get; private init; }

    /// <inheritdoc/>
    public string Identity => identity.Value;

    /// <inheritdoc/>
    public string CountIdentity => countIdentity.Value;

    /// <inheritdoc/>
    public int CellCount => places.Length;

    /// <summary>Number of genes.</summary>
    public int GeneCount => VarNames.Length;

    /// <summary>One name a cell, as in its source; a name may stand twice where sources share it.</summary>
    public string[] ObsNames => names.Value;

    /// <summary>One name a gene, each once.</summary>
    public string[] VarNames { get; }

    /// <summary>The Ensembl id of each gene, from the first source that has one; null where none has any.</summary>
    public string?[]? GeneIds => ids.Value;

    /// <summary>What is known of each cell, its source among it (by name, and by folders or numbers where names meet); a column that a source lacks is missing for its cells.</summary>
    public Table Obs => obs.Value;

    /// <inheritdoc/>
    public CsrMatrix Read(ReadOnlySpan<int> cells, CancellationToken cancellation = default)
    {
        var wanted = new CellPlace[cells.Length];
        for (var i = 0; i < wanted.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(cells[i]);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cells[i], CellCount);
            wanted[i] = places[cells[i]];
        }
        return CorpusReading.Read(slices, wanted, GeneCount, cancellation);
    }

    /// <summary>What the cells were taken from.</summary>
    internal IReadOnlyList<CorpusSource> Sources => Array.ConvertAll(slices, slice => slice.Source);

    /// <summary>The store in which all cells lie with the corpus's genes; null where there is none.</summary>
    internal CorpusStore? Store => slices is [{ IsWhole: true, Source.Cells: CorpusStore store }] ? store : null;

    /// <summary>Where cells of a corpus of one source lie in that source.</summary>
    /// <param name="cells">Cells of the corpus.</param>
    /// <param name="rows">Room for as many places.</param>
    internal ReadOnlySpan<int> InSource(ReadOnlySpan<int> cells, Span<int> rows)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            rows[i] = places[cells[i]].Cell;
        }
        return rows[..cells.Length];
    }

    /// <summary>Reads all cells into memory, with obs and the genes' ids; uns keeps the recipe.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    public AnnData Load(CancellationToken cancellation = default)
    {
        var loaded = new AnnData(CorpusReading.Read(slices, places, GeneCount, cancellation), ObsNames, VarNames, Obs, GenePlaces.WithIds(GeneIds, GeneCount))
        {
            Uns = { [Recipe.Key] = Recipe.ToJson() },
        };
        loaded.Notes.AddRange(Notes);
        return loaded;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{CellCount:N0} cells x {GeneCount:N0} genes: {Recipe}");

    /// <summary>A source that was given twice is told by its identity, as it is when the recipe is replayed.</summary>
    private string Identify(Func<CorpusSource, string> identityOf)
    {
        var all = Array.ConvertAll(slices, slice => identityOf(slice.Source));
        string[] sources = [.. all.Distinct()];
        var indexOf = Array.ConvertAll(all, source => Array.IndexOf(sources, source));
        var told = sources.Length == all.Length ? places : Array.ConvertAll(places, place => place with { Slice = indexOf[place.Slice] });
        return Fingerprint.Of(hash => hash.Add(sources).Add(VarNames).Add<CellPlace>(told));
    }

    private string?[]? IdsOfGenes()
    {
        var found = new string?[GeneCount];
        foreach (var slice in slices)
        {
            slice.AddIds(found);
        }
        return Array.Exists(found, id => id is not null) ? found : null;
    }
}
