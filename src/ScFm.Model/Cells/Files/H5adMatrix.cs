using ScFm.Model.Cells.Backed;
using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Cells.Files;

/// <summary>Opens a matrix of an .h5ad file: compressed rows, compressed columns or dense, of any type of number.</summary>
internal static class H5adMatrix
{
    private const long AlwaysAllowed = 1 << 20;
    private const long LargestRatio = 1000; // zeros to bytes of the file

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
        // The offsets bound one side alone, and the other is memory too: what it counts has a name somewhere in the file, of a byte at least.
        if ((byColumns ? rows : columns) is var side && side > Math.Max(AlwaysAllowed, node.FileBytes))
        {
            throw new InvalidDataException($"{node.Where} claims {rows} x {columns}; expected no more {(byColumns ? "rows" : "columns")} than the file has bytes, {node.FileBytes}.");
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
        var sparse when (long)sparse.Rows * sparse.Columns <= Math.Max(AlwaysAllowed, node.FileBytes * LargestRatio) => sparse.ReadAll(null, default).ToDense(),
        var large => throw new InvalidDataException($"{large.Where} claims {large.Rows} x {large.Columns} elements in a file of {node.FileBytes} bytes; expected fewer, since its zeros would be written out."),
    };
}
