using ScFm.Model.Cells.Files;
using ScFm.Model.Files.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Backed;

/// <summary>Cells of a file that stay in the file: names, obs and var are read at once, values when they are asked for.</summary>
/// <remarks>
/// Held are the names, the tables, and 8 bytes a cell for a matrix in compressed rows; of all open files together up to 32 MB of unpacked chunks. Layers, obsm and uns are read when cells are taken into memory.
/// Rows of a matrix in compressed rows, or of a dense one, are read where they lie; runs of neighbours are read together, so blocks are faster than scattered cells.
/// A matrix in compressed columns (CSC) is transposed at the first reading, once: in memory up to 128 MB, beyond in a temporary file of 8 bytes a value.
/// Several threads may read at once.
/// </remarks>
/// <example><code>
/// using var cells = BackedCells.Open("atlas.h5ad");
/// var firstHundred = cells.Load([.. Enumerable.Range(0, 100)]);
/// </code></example>
public sealed class BackedCells : ICellSource, IDisposable
{
    private readonly string path;
    private readonly StoredCells stored;
    private readonly Lazy<string> identity;

    private BackedCells(string path, StoredCells stored, string choice)
    {
        (this.path, this.stored) = (path, stored);
        identity = new(() => Identify(choice));
    }

    /// <summary>Opens an .h5ad file, a 10x .h5 file (Cell Ranger 2 and later), or a .loom file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read. Default: <see cref="ReadOptions"/>'s defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file holds something else, or parts that do not fit together.</exception>
    /// <exception cref="Hdf5Exception">It is no HDF5 file, or a damaged one.</exception>
    public static BackedCells Open(string path, ReadOptions? options = null)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        }
        options ??= new ReadOptions();
        var stored = StoredCells.Open(path, options);
        if (options.CellTable is { } table)
        {
            stored.Obs = CellTable.Join(stored.Obs, stored.ObsNames, table, stored.Notes);
        }
        return new BackedCells(path, stored, $"{options.GeneNames}|{options.UseRaw}|{options.Layer}|{options.CellTable}");
    }

    /// <inheritdoc/>
    public string Name => Path.GetFileName(path);

    /// <summary>A fingerprint of every byte of the file and of what was chosen in it; finding it reads the file once.</summary>
    public string Identity => identity.Value;

    /// <inheritdoc/>
    public int CellCount => stored.ObsNames.Length;

    /// <inheritdoc/>
    public int GeneCount => stored.VarNames.Length;

    /// <inheritdoc/>
    public string[] ObsNames => stored.ObsNames;

    /// <inheritdoc/>
    public string[] VarNames => stored.VarNames;

    /// <inheritdoc/>
    public string?[]? GeneIds => GenePlaces.IdsIn(Var);

    /// <inheritdoc/>
    public Table Obs => stored.Obs;

    /// <summary>What is known of each gene, one row a gene.</summary>
    public Table Var => stored.Var;

    /// <summary>What was left out or changed, one sentence each.</summary>
    public IReadOnlyList<string> Notes => stored.Notes;

    /// <inheritdoc/>
    public CsrMatrix Read(ReadOnlySpan<int> cells, CancellationToken cancellation = default)
    {
        ExpectCells(cells);
        return stored.Read(cells, cancellation);
    }

    /// <summary>Takes all cells into memory, with layers, obsm and uns.</summary>
    /// <exception cref="InvalidDataException">The data are damaged; the message names the file.</exception>
    public AnnData Load(CancellationToken cancellation = default) => stored.Load(progress: null, cancellation);

    /// <summary>Takes the given cells into memory, in the given order, with their rows of obs, obsm and layers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    /// <exception cref="InvalidDataException">The data are damaged; the message names the file.</exception>
    public AnnData Load(ReadOnlySpan<int> cells, CancellationToken cancellation = default)
    {
        ExpectCells(cells);
        return stored.Load(cells, cancellation);
    }

    /// <summary>Closes the file; nothing can be read afterwards.</summary>
    public void Dispose() => stored.Dispose();

    private void ExpectCells(ReadOnlySpan<int> cells)
    {
        foreach (var cell in cells)
        {
            if ((uint)cell >= (uint)CellCount)
            {
                throw new ArgumentOutOfRangeException(nameof(cells), cell, $"'{path}' has no cell {cell}; expected 0 to {CellCount - 1}.");
            }
        }
    }

    private string Identify(string choice) => Fingerprint.Of(hash => hash.Add(choice).AddFile(path));
}
