using ScFm.Model.Cells.Files;
using ScFm.Model.Files.Hdf5;
using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Backed;

/// <summary>What a file of cells has: names and tables at hand, matrices that are read when they are asked for.</summary>
internal sealed class StoredCells : IDisposable
{
    private readonly Hdf5Reader file;
    private readonly Dictionary<string, StoredMatrix> layers = [];
    private readonly Dictionary<string, Lazy<DenseMatrix>> obsm = [];
    private Lazy<(Dictionary<string, object> Values, List<string> Notes)>? uns;

    /// <summary>Puts the parts together.</summary>
    /// <exception cref="InvalidDataException">A part has other cells or genes than the matrix.</exception>
    internal StoredCells(Hdf5Reader file, StoredMatrix x, string[] obsNames, string[] varNames, Table obs, Table var)
    {
        (this.file, X, ObsNames, VarNames, Obs, Var) = (file, x, obsNames, varNames, obs, var);
        Expect(x.Where, "cell names", obsNames.Length, x.Rows);
        Expect(x.Where, "gene names", varNames.Length, x.Columns);
        Expect(x.Where, "rows of obs", obs.RowCount, x.Rows);
        Expect(x.Where, "rows of var", var.RowCount, x.Columns);
    }

    internal StoredMatrix X { get; }

    internal string[] ObsNames { get; }

    internal string[] VarNames { get; }

    internal Table Obs { get; set; }

    internal Table Var { get; }

    /// <summary>What uns gets beside that of the file.</summary>
    internal Dictionary<string, object> Uns { get; } = [];

    internal List<string> Notes { get; } = [];

    /// <summary>Opens an .h5ad, a 10x .h5 or a .loom file, told apart by what is in it.</summary>
    internal static StoredCells Open(string path, ReadOptions options)
    {
        var file = Hdf5Reader.Open(path);
        try
        {
            var root = file.Root;
            return LoomReader.Is(root) ? LoomReader.Open(file, options)
                : TenxH5Reader.FindMatrix(root) is { } matrix ? TenxH5Reader.Open(file, matrix, options)
                : H5adReader.Open(file, path, options);
        }
        catch (ArgumentException error)
        {
            file.Dispose();
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds another matrix of the same cells and genes.</summary>
    internal void AddLayer(string name, StoredMatrix layer)
    {
        Expect(layer.Where, "rows", layer.Rows, X.Rows);
        Expect(layer.Where, "columns", layer.Columns, X.Columns);
        layers[name] = layer;
    }

    /// <summary>Adds a matrix with a row a cell, which is made when it is asked for.</summary>
    internal void AddObsm(string name, string where, int rows, Func<DenseMatrix> read)
    {
        Expect(where, "rows", rows, X.Rows);
        obsm[name] = new Lazy<DenseMatrix>(read);
    }

    /// <summary>Adds the uns of the file, which is read when cells are first taken into memory: it may be larger than the matrix.</summary>
    /// <param name="read">Reads it, and notes what was left out.</param>
    internal void AddUns(Func<List<string>, Dictionary<string, object>> read) => uns = new(() =>
    {
        var notes = new List<string>();
        return (read(notes), notes);
    });

    /// <summary>Some cells of X.</summary>
    internal CsrMatrix Read(ReadOnlySpan<int> cells, CancellationToken cancellation) => Finite(X, X.Read(cells, cancellation), cells);

    /// <summary>All cells with all that belongs to them.</summary>
    internal AnnData Load(IProgress<double>? progress, CancellationToken cancellation)
    {
        var all = Fill(new AnnData(Finite(X, X.ReadAll(progress, cancellation), []), ObsNames, VarNames, Obs, Var));
        foreach (var (name, layer) in layers)
        {
            all.Layers[name] = Finite(layer, layer.ReadAll(null, cancellation), []);
        }
        foreach (var (name, matrix) in obsm)
        {
            all.Obsm[name] = matrix.Value;
        }
        progress?.Report(1);
        return all;
    }

    /// <summary>Some cells with all that belongs to them.</summary>
    internal AnnData Load(ReadOnlySpan<int> cells, CancellationToken cancellation)
    {
        string[] names = new string[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            names[i] = ObsNames[cells[i]];
        }
        var some = Fill(new AnnData(Read(cells, cancellation), names, VarNames, Obs.Select(cells), Var));
        foreach (var (name, layer) in layers)
        {
            some.Layers[name] = Finite(layer, layer.Read(cells, cancellation), cells);
        }
        foreach (var (name, matrix) in obsm)
        {
            some.Obsm[name] = matrix.Value.SelectRows(cells);
        }
        return some;
    }

    public void Dispose()
    {
        foreach (var matrix in layers.Values.Append(X))
        {
            (matrix as IDisposable)?.Dispose();
        }
        file.Dispose();
    }

    private AnnData Fill(AnnData cells)
    {
        foreach (var (name, value) in Uns.Concat(uns?.Value.Values ?? []))
        {
            cells.Uns[name] = value;
        }
        cells.Notes.AddRange(Notes.Concat(uns?.Value.Notes ?? []));
        return cells;
    }

    private static void Expect(string where, string what, int found, int expected)
    {
        if (found != expected)
        {
            throw new InvalidDataException($"{where}: There are {found} {what}; expected {expected}, one for each of the matrix.");
        }
    }

    // The rows of values are the given cells, or all.
    private CsrMatrix Finite(StoredMatrix matrix, CsrMatrix values, ReadOnlySpan<int> cells)
    {
        var bad = 0;
        while (bad < values.Values.Length && float.IsFinite(values.Values[bad]))
        {
            bad++;
        }
        if (bad == values.Values.Length)
        {
            return values;
        }
        var row = Array.FindLastIndex(values.Offsets, offset => offset <= bad);
        throw new InvalidDataException(FormattableString.Invariant(
            $"{matrix.Where} holds {values.Values[bad]} for the cell '{ObsNames[cells.IsEmpty ? row : cells[row]]}' and the gene '{VarNames[values.Indices[bad]]}'; expected a finite number."));
    }
}
