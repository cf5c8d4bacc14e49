using ScFm.Model.Interop.Hdf5;

namespace ScFm.Model.Cells.Files;

/// <summary>Reads a matrix of an .h5ad file: compressed rows, compressed columns or dense, of any type of number.</summary>
internal static class H5adMatrix
{
    private const long BlockSize = 1 << 24;

    /// <summary>Reads the matrix as compressed rows.</summary>
    internal static CsrMatrix Read(Hdf5Node node, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (!node.IsGroup)
        {
            return ReadBlocks(node, progress, cancellation);
        }
        var encoding = node.TextAttribute("encoding-type") ?? node.TextAttribute("h5sparse_format");
        var byColumns = encoding switch
        {
            "csr_matrix" or "csr" => false,
            "csc_matrix" or "csc" => true,
            _ => throw new InvalidDataException($"{node.Where} has the encoding '{encoding}'; expected csr_matrix, csc_matrix or an array."),
        };
        if ((node.IntegersAttribute("shape") ?? node.IntegersAttribute("h5sparse_shape")) is not [var rows and <= int.MaxValue, var columns and <= int.MaxValue])
        {
            throw new InvalidDataException($"{node.Where} has no shape; expected two whole numbers in the attribute 'shape'.");
        }
        using var dataNode = node.Open("data");
        using var indexNode = node.Open("indices");
        using var offsetNode = node.Open("indptr");
        cancellation.ThrowIfCancellationRequested();
        var (offsets, indices) = (offsetNode.Read<long>(), indexNode.Read<int>());
        progress?.Report(0.4);
        cancellation.ThrowIfCancellationRequested();
        var values = dataNode.Read<float>();
        progress?.Report(0.9);
        try
        {
            return byColumns
                ? CsrMatrix.FromFile((int)columns, (int)rows, offsets, indices, values).Transpose()
                : CsrMatrix.FromFile((int)rows, (int)columns, offsets, indices, values);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{node.Where}: {error.Message}", error);
        }
    }

    /// <summary>Reads a dense or sparse matrix as a dense one; null where the node holds something else.</summary>
    internal static DenseMatrix? ReadDense(Hdf5Node node)
    {
        if (node.IsGroup)
        {
            return node.TextAttribute("encoding-type") is "csr_matrix" or "csc_matrix" ? Read(node, null, default).ToDense() : null;
        }
        return node.Shape is [var rows, var columns] && node.Class is Hdf5Class.Integer or Hdf5Class.Float or Hdf5Class.Enum
            ? new DenseMatrix((int)rows, (int)columns, node.Read<float>())
            : null;
    }

    // A dense matrix may be larger than the sparse one by far: it is read some rows at a time.
    private static CsrMatrix ReadBlocks(Hdf5Node node, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (node.Class is not (Hdf5Class.Integer or Hdf5Class.Float or Hdf5Class.Enum) || node.Shape is not [var rows and <= int.MaxValue, var columns and <= int.MaxValue])
        {
            throw new InvalidDataException($"{node.Where} holds {node.Class} values of shape [{string.Join(", ", node.Shape)}]; expected numbers in a matrix.");
        }
        var (offsets, indices, values) = (new long[rows + 1], new List<int>(), new List<float>());
        var blockRows = Math.Max(1, BlockSize / Math.Max(1, columns));
        for (var first = 0L; first < rows; first += blockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report((double)first / rows);
            var count = Math.Min(blockRows, rows - first);
            var block = node.ReadRows(first, count, columns);
            for (var row = 0; row < count; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    if (block[row * columns + column] is var value && value != 0)
                    {
                        indices.Add(column);
                        values.Add(value);
                    }
                }
                offsets[first + row + 1] = indices.Count;
            }
        }
        return new CsrMatrix((int)rows, (int)columns, offsets, [.. indices], [.. values]);
    }
}
