namespace ScFm.Model.Cells.Files;

/// <summary>Reads a sparse matrix as scipy.sparse.save_npz writes it; it has no names, so cells and genes are numbered.</summary>
internal static class SparseArchive
{
    internal static AnnData Read(string path)
    {
        try
        {
            using var archive = new NumpyArchive(path, "data, indices, indptr, shape and format, as scipy.sparse.save_npz writes them");
            var format = archive["format"].Text;
            if (format is not ("csr" or "csc"))
            {
                throw new InvalidDataException($"{path} holds a matrix of the format '{format}'; expected csr or csc.");
            }
            if (archive["shape"].To(Convert.ToInt32) is not [var rows, var columns])
            {
                throw new InvalidDataException($"{path} has no shape of two numbers; expected cells by genes.");
            }
            var offsets = archive["indptr"].To(Convert.ToInt64);
            var indices = archive["indices"].To(Convert.ToInt32);
            var values = archive["data"].To(Convert.ToSingle);
            var x = format == "csr"
                ? CsrMatrix.FromFile(rows, columns, offsets, indices, values)
                : CsrMatrix.FromFile(columns, rows, offsets, indices, values).Transpose();
            return new AnnData(x, NumberedNames.Of(rows), NumberedNames.Of(columns));
        }
        catch (Exception error) when (error is ArgumentException or InvalidDataException or OverflowException && !error.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} is no scipy sparse archive, or a damaged one: {error.Message}", error);
        }
    }
}
