using System.Runtime.InteropServices;
using MathNet.Numerics;
using ScFm.Model.Cells;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>Makes batches of tensors from sparse counts, each value read once.</summary>
/// <param name="cells">Where the cells' raw counts lie; each cell has one.</param>
/// <param name="batches">The batch of each cell.</param>
internal sealed class CountReader(ICellSource cells, long[] batches)
{
    /// <summary>The given cells, in the given order.</summary>
    public CountBatch Read(ReadOnlySpan<int> chosen, Device device)
    {
        var counts = cells.Read(chosen);
        var (size, genes) = ((int)counts.NonZeros, counts.Columns);
        var (logged, values) = (zeros(chosen.Length, genes), empty(size));
        var (places, cellOf, geneOf) = (empty(size, int64), empty(size, int64), empty(size, int64));
        Span<float> loggedSpan = Memory<float>(logged), valueSpan = Memory<float>(values);
        Span<long> placeSpan = Memory<long>(places), cellSpan = Memory<long>(cellOf), geneSpan = Memory<long>(geneOf);
        var (logFactorials, logTotals, made, at) = (new float[chosen.Length], new float[chosen.Length], new long[chosen.Length], 0);
        for (var row = 0; row < chosen.Length; row++)
        {
            var indices = counts.RowIndices(row);
            var own = counts.RowValues(row);
            var (logFactorial, total) = (0.0, 0.0);
            for (var i = 0; i < indices.Length; i++, at++)
            {
                var place = (long)row * genes + indices[i];
                loggedSpan[(int)place] = MathF.Log(1 + own[i]);
                (valueSpan[at], placeSpan[at], cellSpan[at], geneSpan[at]) = (own[i], place, row, indices[i]);
                logFactorial += SpecialFunctions.FactorialLn((int)own[i]);
                total += own[i];
            }
            (logFactorials[row], logTotals[row], made[row]) = ((float)logFactorial, (float)Math.Log(total), batches[chosen[row]]);
        }
        return new CountBatch
        {
            Logged = logged.to(device),
            Values = values.to(device),
            Places = places.to(device),
            CellOf = cellOf.to(device),
            GeneOf = geneOf.to(device),
            LogFactorials = tensor(logFactorials).to(device),
            LogTotals = tensor(logTotals).unsqueeze(1).to(device),
            Batches = tensor(made).to(device),
        };
    }

    /// <summary>The memory of a new tensor, to be written without a copy in between.</summary>
    private static Span<T> Memory<T>(Tensor tensor) where T : unmanaged => tensor.numel() == 0 ? [] : MemoryMarshal.Cast<byte, T>(tensor.bytes);
}
