using ScFm.Model.Cells.Backed;
using ScFm.Model.Cells.Files;

namespace ScFm.Model.Cells;

/// <summary>Reads cells from the formats that the field uses.</summary>
/// <example><code>var cells = AnnDataReader.Read("data/pbmc3k");</code></example>
public static class AnnDataReader
{
    /// <summary>Reads cells from a 10x folder, an .h5ad, 10x .h5 or .loom file, a .csv, .tsv or .txt matrix (also .gz), a scipy sparse .npz, or a dense .npy.</summary>
    /// <remarks>
    /// Gene names are the symbols where the file has them; Ensembl ids are kept in the var column gene_ids.
    /// Genes of the same name stay apart (<see cref="GeneMapping"/> sums them).
    /// What a reader left out stands in <see cref="AnnData.Notes"/>.
    /// </remarks>
    /// <param name="path">The folder or the file.</param>
    /// <param name="options">How to read. Default: <see cref="ReadOptions"/>'s defaults.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder, or a part of the folder is missing.</exception>
    /// <exception cref="InvalidDataException">The data are damaged or of another format; the message names file, line, what was found and what was expected.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static AnnData Read(string path, ReadOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ReadOptions();
        var cells = ReadFormat(path, options, cancellation);
        if (options.CellTable is { } table)
        {
            CellTable.Join(cells, table);
        }
        return cells;
    }

    private static AnnData ReadFormat(string path, ReadOptions options, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            return TenxFolder.Read(path, options, cancellation);
        }
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
        }
        var name = DataFile.FormatName(path);
        return Path.GetExtension(name) switch
        {
            ".h5ad" or ".h5" or ".hdf5" or ".loom" => ReadStored(path, options, cancellation),
            ".csv" or ".tsv" or ".txt" => DelimitedMatrix.Read(path, options, cancellation),
            ".npz" => SparseArchive.Read(path),
            ".npy" => DenseArray.Read(path),
            ".mtx" => TenxFolder.Read(Path.GetDirectoryName(Path.GetFullPath(path))!, options, cancellation),
            _ => throw new InvalidDataException($"'{path}' is no format that can be read; expected a 10x folder, .h5ad, .h5, .loom, .npz, .npy, .csv, .tsv or .txt (also .gz)."),
        };
    }

    private static AnnData ReadStored(string path, ReadOptions options, CancellationToken cancellation)
    {
        using var stored = StoredCells.Open(path, options);
        return stored.Load(options.Progress, cancellation);
    }
}
