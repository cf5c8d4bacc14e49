using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Cells.Backed;

/// <summary>A matrix in compressed rows: any rows are found by their offsets, which are held (8 bytes a row).</summary>
internal sealed class StoredCsr : StoredMatrix
{
    private readonly long[] offsets;
    private readonly Hdf5Object indices;
    private readonly Hdf5Object values;

    /// <summary>Reads and checks the offsets.</summary>
    internal StoredCsr(string where, int rows, int columns, Hdf5Object group) : base(where, rows, columns) =>
        (offsets, indices, values) = (ReadOffsets(where, rows, columns, group), group.Open("indices"), group.Open("data"));

    /// <summary>Reads where each row of the matrix, or of the transposed one, begins, and checks that the offsets rise and end at the number of values.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    internal static long[] ReadOffsets(string where, int count, int width, Hdf5Object group)
    {
        var (offsetNode, stored, named) = (group.Open("indptr"), Length(group.Open("data")), Length(group.Open("indices")));
        if (Length(offsetNode) is var found && found != count + 1L || named != stored)
        {
            throw new InvalidDataException($"{where}: A sparse matrix of {count} x {width} has {Length(offsetNode)} offsets, {named} indices and {stored} values; expected {count + 1L} offsets that end at the number of values.");
        }
        var offsets = offsetNode.Read<long>();
        for (var i = 0; i < count; i++)
        {
            if (offsets[i + 1] < offsets[i])
            {
                throw new InvalidDataException($"{where}: The offsets fall from {offsets[i]} to {offsets[i + 1]} at row {i}; expected them to rise.");
            }
        }
        return offsets[0] == 0 && offsets[count] == stored
            ? offsets
            : throw new InvalidDataException($"{where}: The offsets go from {offsets[0]} to {offsets[count]}; expected them to go from 0 to the number of values, {stored}.");
    }

    protected override CsrMatrix ReadRun(int first, int count, CancellationToken cancellation)
    {
        var (from, length) = (offsets[first], offsets[first + count] - offsets[first]);
        var own = new long[count + 1];
        for (var i = 0; i <= count; i++)
        {
            own[i] = offsets[first + i] - from;
        }
        return Checked(() => CsrMatrix.FromFile(count, Columns, own, indices.ReadRows<int>(from, length), values.ReadRows<float>(from, length)));
    }

    private static long Length(Hdf5Object node) => node.Shape is [var length] && node.HoldsNumbers
        ? length
        : throw new InvalidDataException($"{node.Where} cannot be read as numbers: it holds {node.Class} values of {node.Shape.Length} dimensions; expected numbers in a row.");
}
