using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>Where each cell's rows lie in a matrix that holds the rows of all cells one after another, without padding.</summary>
public sealed class CellRows
{
    private readonly long[] offsets;

    /// <summary>Cells of the given numbers of rows, each 1 or more.</summary>
    public CellRows(IReadOnlyList<int> lengths)
    {
        offsets = new long[lengths.Count + 1];
        for (var cell = 0; cell < lengths.Count; cell++)
        {
            offsets[cell + 1] = offsets[cell] + lengths[cell];
            Longest = Math.Max(Longest, lengths[cell]);
        }
        Offsets = tensor(offsets);
    }

    /// <summary>Number of cells, B.</summary>
    public int Cells => offsets.Length - 1;

    /// <summary>Number of rows of all cells, R.</summary>
    public long Count => offsets[^1];

    /// <summary>Rows of the longest cell, K.</summary>
    public int Longest { get; }

    /// <summary>Where cells begin, and where the last ends; int64 on the CPU, [B + 1].</summary>
    public Tensor Offsets { get; }

    /// <summary>Cells that all have the same number of rows.</summary>
    public static CellRows Equal(long cells, long rows) => new([.. Enumerable.Repeat((int)rows, (int)cells)]);

    /// <summary>Number of rows of a cell.</summary>
    public long Length(int cell) => offsets[cell + 1] - offsets[cell];

    /// <summary>The rows of a cell, [rows, ...], of those of all, [R, ...].</summary>
    public Tensor Of(int cell, Tensor rows) => rows.narrow(0, offsets[cell], Length(cell));

    /// <summary>The cell of each row, [R], int64.</summary>
    public Tensor CellOf(Device device) => arange(Cells, ScalarType.Int64).repeat_interleave(Offsets.narrow(0, 1, Cells) - Offsets.narrow(0, 0, Cells)).to(device);

    /// <summary>Rows [R, ...] to [B, K, ...], with zeros behind a cell's last row.</summary>
    public Tensor Pad(Tensor rows)
    {
        var shape = rows.shape[1..];
        return zeros([Cells * Longest, .. shape], rows.dtype, rows.device).index_copy(0, Places(rows), rows).view([Cells, Longest, .. shape]);
    }

    /// <summary>The reverse of <see cref="Pad"/>.</summary>
    public Tensor Unpad(Tensor padded) => padded.flatten(0, 1).index_select(0, Places(padded));

    /// <summary>True where a row of [B, K] exists.</summary>
    public Tensor Exists(Device device) =>
        arange(Longest, device: device).unsqueeze(0).lt((Offsets.narrow(0, 1, Cells) - Offsets.narrow(0, 0, Cells)).unsqueeze(1).to(device));

    private Tensor Places(Tensor like)
    {
        var places = new long[Count];
        for (var cell = 0; cell < Cells; cell++)
        {
            for (var row = offsets[cell]; row < offsets[cell + 1]; row++)
            {
                places[row] = (long)cell * Longest + row - offsets[cell];
            }
        }
        return tensor(places, device: like.device);
    }
}
