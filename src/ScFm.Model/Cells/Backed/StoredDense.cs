using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Cells.Backed;

/// <summary>A dense matrix of cells by genes, or of genes by cells as loom has it; read some cells at a time, its zeros left out.</summary>
internal sealed class StoredDense(Hdf5Object node, int rows, int columns, bool genesFirst = false) : StoredMatrix(node.Where, rows, columns)
{
    private const int BlockValues = 1 << 22;

    protected override int LongestRun => Math.Max(1, BlockValues / Math.Max(1, Columns));

    /// <summary>Opens a dense matrix of numbers.</summary>
    /// <param name="node">The dataset.</param>
    /// <param name="genesFirst">True where its rows are genes.</param>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    internal static StoredDense Open(Hdf5Object node, bool genesFirst = false) =>
        !node.IsGroup && node.HoldsNumbers && node.Shape is [var rows and <= int.MaxValue, var columns and <= int.MaxValue]
            ? new StoredDense(node, (int)(genesFirst ? columns : rows), (int)(genesFirst ? rows : columns), genesFirst)
            : throw new InvalidDataException($"{node.Where} holds {(node.IsGroup ? "a group" : $"{node.Class} values of shape [{string.Join(", ", node.Shape)}]")}; expected numbers in a matrix.");

    /// <summary>Reads all rows with their zeros.</summary>
    internal DenseMatrix ReadDense() => new(Rows, Columns, node.Read<float>());

    protected override CsrMatrix ReadRun(int first, int count, CancellationToken cancellation)
    {
        if (!genesFirst)
        {
            return CsrMatrix.FromDense(new DenseMatrix(count, Columns, node.ReadBlock<float>(first, count, 0, Columns)));
        }
        var turned = new DenseMatrix(count, Columns);
        var stored = node.ReadBlock<float>(0, Columns, first, count);
        for (var cell = 0; cell < count; cell++)
        {
            var row = turned.Row(cell);
            for (var gene = 0; gene < row.Length; gene++)
            {
                row[gene] = stored[(long)gene * count + cell];
            }
        }
        return CsrMatrix.FromDense(turned);
    }
}
