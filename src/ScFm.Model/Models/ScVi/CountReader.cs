using System.Runtime.InteropServices;
using ScFm.Model.Cells;
using ScFm.Model.Devices;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>Makes batches of tensors from the sparse counts of cells that lie anywhere; nothing of the size of all cells is kept but their batches.</summary>
internal sealed class CountReader
{
    /// <summary>log(1 + count) of small counts, which most are.</summary>
    private static readonly float[] SmallLogs = [.. Enumerable.Range(0, 256).Select(count => (float)Math.Log(1 + count))];

    private readonly ICellSource cells;
    private readonly long[] batches;

    /// <summary>Makes the reader.</summary>
    /// <param name="cells">Cells with raw counts; each cell has one.</param>
    /// <param name="batches">The batch of each cell.</param>
    public CountReader(ICellSource cells, long[] batches) => (this.cells, this.batches) = (cells, batches);

    /// <summary>The given cells, in the given order.</summary>
    public CountBatch Read(ReadOnlySpan<int> rows, Device device)
    {
        var counts = cells.Read(rows);
        var (logged, logTotals, own) = (empty(counts.NonZeros), new float[counts.Rows], new long[counts.Rows]);
        var loggedSpan = MemoryMarshal.Cast<byte, float>(logged.bytes); // written without a copy in between
        for (var row = 0; row < counts.Rows; row++)
        {
            own[row] = batches[rows[row]];
            ReadOnlySpan<float> values = counts.RowValues(row);
            var line = loggedSpan.Slice((int)counts.Offsets[row], values.Length);
            var total = 0.0;
            for (var i = 0; i < values.Length; i++)
            {
                line[i] = LogOf(values[i]);
                total += values[i];
            }
            logTotals[row] = (float)Math.Log(total);
        }
        return new CountBatch
        {
            Genes = counts.Columns,
            Values = HostCopy.To(from_array(counts.Values), device),
            LoggedValues = HostCopy.To(logged, device),
            GeneOf = HostCopy.To(from_array(counts.Indices), device),
            Offsets = HostCopy.To(from_array(counts.Offsets), device),
            LogTotals = HostCopy.To(tensor(logTotals).unsqueeze(1), device),
            Batches = HostCopy.To(tensor(own), device),
        };
    }

    private static float LogOf(float count)
    {
        var whole = (int)count;
        return whole == count && (uint)whole < (uint)SmallLogs.Length ? SmallLogs[whole] : MathF.Log(1 + count);
    }
}
