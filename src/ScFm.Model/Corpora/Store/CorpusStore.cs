using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Corpora.Store;

/// <summary>Cells on disk in the form that training reads best: any cell at once, in any order, from several threads, in little memory.</summary>
/// <remarks>
/// A folder with a manifest, the genes' and cells' names, a file for each column of obs, and shards of some thousand cells. Every cell carries a
/// checksum that is verified whenever it is read. The format is described in docs/CORPUS.md.
/// </remarks>
/// <example><code>
/// using var store = CorpusStore.Build(cells, "blood.corpus", new StoreOptions { Seed = 1 });
/// var batch = store.Read([17, 4, 99]);
/// </code></example>
public sealed partial class CorpusStore : ICellSource, IDisposable
{
    private readonly string folder;
    private readonly Manifest manifest;
    private readonly RecordLayout layout;
    private readonly Shard?[] shards;
    private readonly Lock opening = new();
    private readonly Lazy<string?[]?> geneIds;
    private readonly Lazy<string[]> cellNames;
    private readonly Lazy<Table> obs;
    private bool disposed;

    private CorpusStore(string folder, Manifest manifest)
    {
        (this.folder, this.manifest) = (folder, manifest);
        layout = new RecordLayout(manifest.Genes);
        shards = new Shard?[manifest.Shards.Count];
        VarNames = Names(StoreFiles.Genes, manifest.GeneNames, manifest.Genes);
        geneIds = new Lazy<string?[]?>(() => manifest.GeneIds?.Read(Path.Combine(folder, StoreFiles.GeneIds), manifest.Genes, reader => StoredTexts.Read(reader, manifest.Genes)));
        cellNames = new Lazy<string[]>(() => Names(StoreFiles.Cells, manifest.CellNames, manifest.Cells));
        obs = new Lazy<Table>(() => manifest.Columns.Aggregate(new Table(manifest.Cells), (table, column) => table.With(ReadColumn(column.Name))));
    }

    /// <summary>Opens a store; its shards, gene ids, cell names and obs are opened when they are first asked for.</summary>
    /// <param name="folder">The folder, NAME.corpus.</param>
    /// <exception cref="FileNotFoundException">There is no such store.</exception>
    /// <exception cref="InvalidDataException">The manifest or the genes are damaged, or of another version.</exception>
    public static CorpusStore Open(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return new CorpusStore(folder, Manifest.Read(folder));
    }

    /// <summary>True where a folder is a corpus store, whole or damaged.</summary>
    public static bool IsStore(string folder) => File.Exists(Path.Combine(folder, Manifest.FileName));

    /// <summary>The folder's name without its ending.</summary>
    public string Name => Path.GetFileNameWithoutExtension(folder);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <inheritdoc/>
    public string Identity => manifest.Identity;

    /// <inheritdoc/>
    public int CellCount => manifest.Cells;

    /// <inheritdoc/>
    public int GeneCount => manifest.Genes;

    /// <summary>Stored values of all cells.</summary>
    public long ValueCount => manifest.Values;

    /// <summary>Bytes of the shards.</summary>
    public long ByteCount => manifest.Shards.Sum(shard => shard.File.Bytes);

    /// <summary>What the random order of the cells was drawn from; null where they kept the order of their source.</summary>
    public int? Seed => manifest.Seed;

    /// <summary>What the cells were called where they came from.</summary>
    public string Source => manifest.Source;

    /// <summary>How many cells have their values in each type.</summary>
    public IReadOnlyDictionary<StoredValues, int> Types => manifest.Shards.SelectMany(shard => shard.Types)
        .GroupBy(type => type.Key).OrderBy(type => type.Key).ToDictionary(type => type.Key, type => type.Sum(count => count.Value));

    /// <inheritdoc/>
    public string[] VarNames { get; }

    /// <summary>The Ensembl id of each gene, null where unknown; null where none is known. Read when they are first asked for.</summary>
    public string?[]? GeneIds => geneIds.Value;

    /// <summary>One name a cell; read when it is first asked for.</summary>
    public string[] ObsNames => cellNames.Value;

    /// <summary>What is known of each cell; read when it is first asked for. <see cref="ReadColumn"/> reads one column alone.</summary>
    public Table Obs => obs.Value;

    /// <summary>The names of the columns of obs, in order.</summary>
    public IReadOnlyList<string> ColumnNames => [.. manifest.Columns.Select(column => column.Name)];

    /// <summary>Reads one column of obs, and keeps nothing.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists those there are.</exception>
    /// <exception cref="InvalidDataException">Its file is damaged.</exception>
    public Column ReadColumn(string name)
    {
        for (var i = 0; i < manifest.Columns.Count; i++)
        {
            if (manifest.Columns[i].Name == name)
            {
                return ColumnFile.Read(Path.Combine(folder, StoreFiles.Column(i)), manifest.Columns[i], CellCount);
            }
        }
        throw new KeyNotFoundException($"Corpus '{Name}' has no column '{name}'; it has {string.Join(", ", ColumnNames.DefaultIfEmpty("none"))}.");
    }

    /// <summary>Closes the shards; cells cannot be read afterwards.</summary>
    public void Dispose()
    {
        lock (opening)
        {
            disposed = true;
            foreach (var shard in shards)
            {
                shard?.Dispose();
            }
        }
    }

    private string[] Names(string name, StoreFile file, int count) => file.Read(Path.Combine(folder, name), count, reader => StoredTexts.ReadAll(reader, count));
}
