using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Nn;

/// <summary>A matrix that is zero for the most part, such as counts: its other values, row after row.</summary>
/// <param name="Values">The values that are not zero, [N].</param>
/// <param name="Columns">The column of each, ascending within a row, int32 [N].</param>
/// <param name="Offsets">Where each row begins and the last one ends, int64 [rows + 1].</param>
/// <param name="Width">Number of columns.</param>
public sealed record SparseRows(Tensor Values, Tensor Columns, Tensor Offsets, long Width)
{
    /// <summary>Number of rows.</summary>
    public long Count => Offsets.shape[0] - 1;

    /// <summary>The row of each value, int64 [N].</summary>
    public Tensor Rows => arange(Count, int64, Offsets.device).repeat_interleave(Offsets.narrow(0, 1, Count) - Offsets.narrow(0, 0, Count));

    /// <summary>The matrix with its zeros, [rows, columns].</summary>
    public Tensor ToDense() => zeros([Count * Width], Values.dtype, Values.device).index_add_(0, Rows * Width + Columns, Values, 1).view(Count, Width);
}
