using ScFm.Model.Cells.Backed;
using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Cells.Files;

/// <summary>Opens a matrix of an .h5ad file: compressed rows, compressed columns or dense, of any type of number.</summary>
internal static class H5adMatrix
{
    /// <summary>Opens the matrix; its values stay in the file.</summary>
    /// <exception cref="InvalidDataException">It is of another encoding, or its parts do not fit together.</exception>
    internal static StoredMatrix Open(Hdf5Object node)
    {
        if (!node.IsGroup)
        {
            return StoredDense.Open(node);
        }
        var encoding = node.TextAttribute("encoding-type") ?? node.TextAttribute("h5sparse_format");
        var byColumns = encoding switch
        {
            "csr_matrix" or "csr" => false,
            "csc_matrix" or "csc" => true,
            _ => throw new InvalidDataException($"{node.Where} has the encoding '{encoding}'; expected csr_matrix, csc_matrix or an array."),
        };
        if ((node.IntegersAttribute("shape") ?? node.IntegersAttribute("h5sparse_shape")) is not [var rows and >= 0 and <= int.MaxValue, var columns and >= 0 and <= int.MaxValue])
        {
            throw new InvalidDataException($"{node.Where} has no shape; expected two whole numbers in the attribute 'shape'.");
        }
        return byColumns ? new StoredCsc(node.Where, (int)rows, (int)columns, node) : new StoredCsr(node.Where, (int)rows, (int)columns, node);
    }

    /// <summary>True for a matrix, dense or sparse.</summary>
    internal static bool Is(Hdf5Object node) => node.IsGroup
        ? (node.TextAttribute("encoding-type") ?? node.TextAttribute("h5sparse_format")) is "csr_matrix" or "csc_matrix" or "csr" or "csc"
        : node.HoldsNumbers && node.Shape.Length == 2;

    /// <summary>Reads a matrix with its zeros.</summary>
    internal static DenseMatrix ReadDense(Hdf5Object node) => Open(node) switch
    {
        StoredDense dense => dense.ReadDense(),
        var sparse => sparse.ReadAll(null, default).ToDense(),
    };
}
