using System.IO.Compression;

namespace ScFm.Model.Cells.Files;

/// <summary>Reads a sparse matrix as scipy.sparse.save_npz writes it; it has no names, so cells and genes are numbered.</summary>
internal static class SparseArchive
{
    internal static AnnData Read(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var format = Entry(archive, path, "format").Text;
            if (format is not ("csr" or "csc"))
            {
                throw new InvalidDataException($"{path} holds a matrix of the format '{format}'; expected csr or csc.");
            }
            if (Entry(archive, path, "shape").To(Convert.ToInt32) is not [var rows, var columns])
            {
                throw new InvalidDataException($"{path} has no shape of two numbers; expected cells by genes.");
            }
            var offsets = Entry(archive, path, "indptr").To(Convert.ToInt64);
            var indices = Entry(archive, path, "indices").To(Convert.ToInt32);
            var values = Entry(archive, path, "data").To(Convert.ToSingle);
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

    private static NumpyArray Entry(ZipArchive archive, string path, string name)
    {
        var entry = archive.GetEntry($"{name}.npy") ?? throw new InvalidDataException(
            $"{path} has no '{name}'; expected data, indices, indptr, shape and format, as scipy.sparse.save_npz writes them.");
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return NumpyArray.Parse(content.ToArray(), $"{path}: {name}");
    }
}
