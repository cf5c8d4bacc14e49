using System.Runtime.InteropServices;
using MathNet.Numerics;
using ScFm.Model.Cells;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>Makes batches of tensors from sparse counts, each value read once; what does not change from one epoch to the next is computed once.</summary>
internal sealed class CountReader
{
    private readonly CsrMatrix counts;
    private readonly long[] batches;
    private readonly float[] logFactorials;
    private readonly float[] logTotals;

    /// <summary>Makes the reader.</summary>
    /// <param name="counts">Raw counts, [cells, genes]; each cell has one.</param>
    /// <param name="batches">The batch of each cell.</param>
    public CountReader(CsrMatrix counts, long[] batches)
    {
        (this.counts, this.batches) = (counts, batches);
        (logFactorials, logTotals) = (new float[counts.Rows], Array.ConvertAll(counts.RowSums(), sum => (float)Math.Log(sum)));
        for (var cell = 0; cell < counts.Rows; cell++)
        {
            var sum = 0.0;
            foreach (var value in counts.RowValues(cell))
            {
                sum += SpecialFunctions.GammaLn(value + 1);
            }
            logFactorials[cell] = (float)sum;
        }
    }

    /// <summary>The given cells, in the given order.</summary>
    public CountBatch Read(ReadOnlySpan<int> cells, Device device)
    {
        var (size, genes) = (0, counts.Columns);
        foreach (var cell in cells)
        {
            size += counts.RowIndices(cell).Length;
        }
        var (logged, values) = (zeros(cells.Length, genes), empty(size));
        var (places, cellOf, geneOf) = (empty(size, int64), empty(size, int64), empty(size, int64));
        Span<float> loggedSpan = Memory<float>(logged), valueSpan = Memory<float>(values);
        Span<long> placeSpan = Memory<long>(places), cellSpan = Memory<long>(cellOf), geneSpan = Memory<long>(geneOf);
        var at = 0;
        for (var row = 0; row < cells.Length; row++)
        {
            var indices = counts.RowIndices(cells[row]);
            var own = counts.RowValues(cells[row]);
            for (var i = 0; i < indices.Length; i++, at++)
            {
                var place = (long)row * genes + indices[i];
                loggedSpan[(int)place] = MathF.Log(1 + own[i]);
                (valueSpan[at], placeSpan[at], cellSpan[at], geneSpan[at]) = (own[i], place, row, indices[i]);
            }
        }
        return new CountBatch
        {
            Logged = logged.to(device),
            Values = values.to(device),
            Places = places.to(device),
            CellOf = cellOf.to(device),
            GeneOf = geneOf.to(device),
            LogFactorials = tensor(Pick(logFactorials, cells)).to(device),
            LogTotals = tensor(Pick(logTotals, cells)).unsqueeze(1).to(device),
            Batches = tensor(Pick(batches, cells)).to(device),
        };
    }

    /// <summary>The memory of a new tensor, to be written without a copy in between.</summary>
    private static Span<T> Memory<T>(Tensor tensor) where T : unmanaged => tensor.numel() == 0 ? [] : MemoryMarshal.Cast<byte, T>(tensor.bytes);

    private static T[] Pick<T>(T[] values, ReadOnlySpan<int> cells)
    {
        var picked = new T[cells.Length];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = values[cells[i]];
        }
        return picked;
    }
}
