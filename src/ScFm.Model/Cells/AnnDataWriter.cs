using ScFm.Model.Cells.Backed;
using ScFm.Model.Cells.Files;
using ScFm.Model.Interop.Hdf5;

namespace ScFm.Model.Cells;

/// <summary>Writes cells as .h5ad, in the encoding of anndata 0.8, which newer versions read too.</summary>
public static class AnnDataWriter
{
    /// <summary>Writes X, obs, var, obsm, layers and uns; the file appears whole or not at all.</summary>
    /// <remarks>
    /// uns may hold strings, numbers, booleans, arrays of these, <see cref="DenseMatrix"/>, <see cref="CsrMatrix"/>,
    /// <see cref="Tables.Table"/> and dictionaries of all that. A text column with missing values is written as a categorical, which can hold them.
    /// </remarks>
    /// <param name="cells">The cells.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="compress">Packs arrays with gzip. Default: true.</param>
    /// <exception cref="IOException">The file cannot be written, or a name cannot stand in it.</exception>
    /// <exception cref="NotSupportedException">uns holds a value of another type.</exception>
    public static void Write(AnnData cells, string path, bool compress = true) => DataFile.Replace(path, temporary =>
    {
        lock (Hdf5Library.Gate)
        {
            using var file = Hdf5File.Create(temporary);
            H5adWriter.Write(file.Root, cells, compress);
            file.Close();
        }
    });

    /// <summary>Writes cells whose matrices come block after block, so that memory holds one block; the file appears whole or not at all.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="compress">Packs arrays with gzip. Default: true.</param>
    /// <param name="cancellation">Stops between two blocks, and leaves no file.</param>
    /// <exception cref="ArgumentException">A matrix has other rows or columns than there are cells or genes.</exception>
    /// <inheritdoc cref="Write(AnnData, string, bool)" path="/exception"/>
    public static void Write(StreamedCells cells, string path, bool compress = true, CancellationToken cancellation = default) =>
        DataFile.Replace(path, temporary => H5adStream.Write(temporary, cells, compress, cancellation));
}
