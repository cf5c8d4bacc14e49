using ScFm.Model.Cells;
using ScFm.Model.Cells.Files;

namespace ScFm.Model.Tasks.DrugResponse;

/// <summary>What is known of cell lines, by name: expression, methylation, an embedding.</summary>
public sealed class CellFeatures
{
    private readonly Dictionary<string, int> rows = [];

    /// <summary>Checks and keeps the table.</summary>
    /// <param name="name">What the table is called, such as methylation.</param>
    /// <param name="cells">The cell lines' names, each once.</param>
    /// <param name="values">[cell lines, features], finite.</param>
    /// <param name="features">The features' names. Default: none are known.</param>
    /// <exception cref="ArgumentException">A name comes twice, the numbers of rows or columns differ, or a value is not finite.</exception>
    public CellFeatures(string name, IReadOnlyList<string> cells, DenseMatrix values, IReadOnlyList<string>? features = null)
    {
        if (cells.Count != values.Rows || (features is not null && features.Count != values.Columns))
        {
            throw new ArgumentException($"The table '{name}' has {values.Rows} rows for {cells.Count} cell lines and {values.Columns} columns for {features?.Count ?? values.Columns} features; expected as many.");
        }
        for (var row = 0; row < cells.Count; row++)
        {
            if (!rows.TryAdd(cells[row], row))
            {
                throw new ArgumentException($"The table '{name}' has the cell line '{cells[row]}' twice; expected distinct names.");
            }
        }
        if (values.FirstNotFinite() is var (cell, feature))
        {
            throw new ArgumentException($"The table '{name}' has a feature of {values[cell, feature]} for the cell line '{cells[cell]}'; expected finite numbers.");
        }
        (Name, Cells, Values, Features) = (name, cells, values, features);
    }

    /// <summary>What the table is called.</summary>
    public string Name { get; }

    /// <summary>The cell lines' names.</summary>
    public IReadOnlyList<string> Cells { get; }

    /// <summary>The features' names; null where they are not known.</summary>
    public IReadOnlyList<string>? Features { get; }

    /// <summary>[cell lines, features].</summary>
    public DenseMatrix Values { get; }

    /// <summary>True where the table has the cell line.</summary>
    public bool Has(string cell) => rows.ContainsKey(cell);

    /// <summary>Changes with any value or name.</summary>
    public string Identity => Fingerprint.Of(hash => hash.Add(Name).Add([.. Cells]).Add<float>(Values.Values));

    /// <summary>The rows of some cell lines, in their order.</summary>
    /// <exception cref="KeyNotFoundException">The table lacks one.</exception>
    public DenseMatrix Of(IReadOnlyList<string> cells) => Values.SelectRows([.. cells.Select(cell => rows.TryGetValue(cell, out var row) ? row
        : throw new KeyNotFoundException($"The table '{Name}' has no features of the cell line '{cell}'; it has {Cells.Count} cell lines, such as '{Cells[0]}'."))]);

    /// <summary>Reads a table: a row a cell line, its name first.</summary>
    /// <param name="path">The file, .csv with commas, everything else with tabs.</param>
    /// <param name="name">What the table is called. Default: the file's name without its ending.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A value is no number, or a cell line comes twice.</exception>
    public static CellFeatures Read(string path, string? name = null)
    {
        var cells = DelimitedMatrix.Read(path, new ReadOptions { Cells = CellPlacement.Rows }, CancellationToken.None);
        try
        {
            return Of(cells, name: name ?? Path.GetFileNameWithoutExtension(path));
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>The table of cells that are cell lines: an embedding that was made of them, or their expression as it is.</summary>
    /// <param name="cells">The cell lines; their names are those of obs.</param>
    /// <param name="embedding">The key of obsm, such as X_scfoundation. Default: the matrix itself.</param>
    /// <param name="name">What the table is called. Default: the key, or expression.</param>
    /// <exception cref="KeyNotFoundException">There is no such embedding.</exception>
    /// <exception cref="ArgumentException">A name comes twice or a value is not finite.</exception>
    public static CellFeatures Of(AnnData cells, string? embedding = null, string? name = null)
    {
        var values = embedding is null ? cells.X.ToDense()
            : cells.Obsm.TryGetValue(embedding, out var found) ? found
            : throw new KeyNotFoundException($"There is no embedding '{embedding}'; there are {(cells.Obsm.Count == 0 ? "none" : string.Join(", ", cells.Obsm.Keys))}.");
        return new CellFeatures(name ?? embedding ?? "expression", cells.ObsNames, values, embedding is null ? cells.VarNames : null);
    }
}
