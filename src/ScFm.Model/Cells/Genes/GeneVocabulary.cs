using System.Text.Json;
using ScFm.Model.Cells.Files;
using ScFm.Model.Files;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells;

/// <summary>The ordered genes that a model knows: a gene's place is its token.</summary>
public sealed class GeneVocabulary
{
    private readonly string[] names;
    private readonly string?[]? ids;
    private readonly Dictionary<string, int> indexOf;

    /// <summary>Makes a vocabulary of the given genes, in the given order.</summary>
    /// <param name="names">The name of each gene, each once.</param>
    /// <param name="ids">The Ensembl id of each gene, null where unknown. Default: no ids.</param>
    /// <exception cref="ArgumentException">A name is empty or stands twice, or the ids are not one a gene.</exception>
    public GeneVocabulary(IEnumerable<string> names, IEnumerable<string?>? ids = null)
    {
        this.names = [.. names];
        this.ids = ids is null ? null : [.. ids];
        if (this.ids is not null && this.ids.Length != this.names.Length)
        {
            throw new ArgumentException($"The vocabulary has {this.names.Length} names and {this.ids.Length} ids; expected one id a name.", nameof(ids));
        }
        indexOf = new Dictionary<string, int>(this.names.Length, StringComparer.Ordinal);
        for (var i = 0; i < this.names.Length; i++)
        {
            if (string.IsNullOrEmpty(this.names[i]) || !indexOf.TryAdd(this.names[i], i))
            {
                throw new ArgumentException($"Gene {i} of the vocabulary is '{this.names[i]}'; expected a name that no other gene has.", nameof(names));
            }
        }
    }

    /// <summary>Number of genes.</summary>
    public int Count => names.Length;

    /// <summary>The name of each gene, in order.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The Ensembl id of each gene, null where unknown; null where the vocabulary has no ids.</summary>
    public IReadOnlyList<string?>? Ids => ids;

    /// <summary>The place of a gene, or -1.</summary>
    public int IndexOf(string name) => indexOf.GetValueOrDefault(name, -1);

    /// <summary>How many of these genes cells have, by name or id.</summary>
    /// <param name="cells">The cells, of which only the genes are looked at.</param>
    public int CountIn(ICellSource cells) => GenePlaces.Of(cells.VarNames, cells.GeneIds, this, aliases: null).Reachable;

    /// <summary>The genes of the cells, in their order, each name once.</summary>
    /// <param name="cells">The cells to take the genes from; with their Ensembl ids, where those are known.</param>
    /// <param name="minCells">In how many cells a gene must be expressed, 0 or more. Default: 3.</param>
    /// <exception cref="InvalidDataException">No gene is expressed in that many cells.</exception>
    public static GeneVocabulary FromCells(ICellSource cells, int minCells = 3) => FromCells(cells, Enumerable.Range(0, cells.CellCount), minCells);

    /// <summary>The same, of some of the cells; they are read some at a time.</summary>
    internal static GeneVocabulary FromCells(ICellSource cells, IEnumerable<int> among, int minCells, CancellationToken cancellation = default)
    {
        var (varNames, cellsRead) = (cells.VarNames, 0);
        var (placeOf, target) = (new Dictionary<string, int>(), new int[varNames.Length]);
        for (var i = 0; i < target.Length; i++)
        {
            placeOf.TryAdd(varNames[i], placeOf.Count);
            target[i] = placeOf[varNames[i]];
        }
        var cellCounts = new int[placeOf.Count];
        foreach (var (_, block) in cells.Blocks(among, cancellation))
        {
            foreach (var gene in block.MapColumns(target, placeOf.Count).Indices)
            {
                cellCounts[gene]++;
            }
            cellsRead += block.Rows;
        }
        var geneIds = cells.GeneIds;
        var (names, ids) = (new List<string>(), new List<string?>());
        for (var i = 0; i < target.Length; i++)
        {
            if (placeOf.Remove(varNames[i], out var place) && cellCounts[place] >= minCells)
            {
                names.Add(varNames[i]);
                ids.Add(geneIds?[i] is { } id && id != varNames[i] ? id : null);
            }
        }
        return names.Count > 0
            ? new GeneVocabulary(names, ids.Exists(id => id is not null) ? ids : null)
            : throw new InvalidDataException($"None of the {varNames.Length} genes is expressed in {minCells} of the {cellsRead} cells or more; expected at least one.");
    }

    /// <summary>Reads a vocabulary: JSON as <see cref="Save"/> writes it, a table with the column gene_name (and index, gene_id), or a list of one name a line.</summary>
    /// <param name="path">The file; may be gzipped.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file holds no vocabulary.</exception>
    public static GeneVocabulary Read(string path)
    {
        try
        {
            return DataFile.FormatName(path).EndsWith(".json", StringComparison.Ordinal) ? ReadJson(path) : ReadText(path);
        }
        catch (Exception error) when (error is ArgumentException or JsonException)
        {
            throw new InvalidDataException($"{path} is no gene vocabulary: {error.Message}", error);
        }
    }

    /// <summary>Writes the vocabulary as JSON, to be kept with a model.</summary>
    public void Save(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(new Saved(names, ids)));

    /// <inheritdoc/>
    public override string ToString() => $"{Count:N0} genes: {string.Join(", ", names.Take(5))}{(Count > 5 ? ", ..." : "")}";

    private static GeneVocabulary ReadJson(string path)
    {
        using var stream = DataFile.Open(path);
        var saved = JsonSerializer.Deserialize<Saved>(stream);
        return saved?.Names is { } names
            ? new GeneVocabulary(names, saved.Ids)
            : throw new InvalidDataException($"{path} is no gene vocabulary: it has no 'Names'; expected a JSON object with a list of gene names.");
    }

    private static GeneVocabulary ReadText(string path)
    {
        var table = TextTable.Read(path);
        var (name, index, id) = (table.Find("gene_name", "feature_name", "symbol"), table.Find("index"), table.Find("gene_id", "feature_id", "ensembl_id"));
        if (name < 0)
        {
            return new GeneVocabulary(DataFile.ReadLines(path).Select(line => line.Trim()).Where(line => line != ""));
        }
        IEnumerable<string[]> rows = index < 0 ? table.Rows : table.Rows.OrderBy(row => int.TryParse(row[index], out var place)
            ? place
            : throw new InvalidDataException($"{path} gives the gene '{row[name]}' the index '{row[index]}'; expected a whole number."));
        return new GeneVocabulary(rows.Select(row => row[name]), id < 0 ? null : rows.Select(row => row[id] is "" ? null : row[id]));
    }

    private sealed record Saved(string[]? Names, string?[]? Ids);
}
