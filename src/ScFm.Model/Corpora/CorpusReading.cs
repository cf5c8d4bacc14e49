using ScFm.Model.Cells;

namespace ScFm.Model.Corpora;

/// <summary>Reads cells that lie in several sources.</summary>
internal static class CorpusReading
{
    /// <summary>Reads each source once and puts the cells back into order.</summary>
    /// <param name="slices">The sources.</param>
    /// <param name="places">The cells.</param>
    /// <param name="genes">Number of genes.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static CsrMatrix Read(CorpusSlice[] slices, CellPlace[] places, int genes, CancellationToken cancellation)
    {
        var (parts, rowInPart) = (new CsrMatrix?[slices.Length], new int[places.Length]);
        for (var slice = 0; slice < slices.Length; slice++)
        {
            var cells = new List<int>();
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i].Slice == slice)
                {
                    rowInPart[i] = cells.Count;
                    cells.Add(places[i].Cell);
                }
            }
            if (cells.Count > 0)
            {
                parts[slice] = slices[slice].Read([.. cells], cancellation);
            }
            if (cells.Count == places.Length && cells.Count > 0)
            {
                return parts[slice]!;
            }
        }
        return Together(parts, places, rowInPart, genes);
    }

    private static CsrMatrix Together(CsrMatrix?[] parts, CellPlace[] places, int[] rowInPart, int genes)
    {
        var offsets = new long[places.Length + 1];
        for (var i = 0; i < places.Length; i++)
        {
            offsets[i + 1] = offsets[i] + parts[places[i].Slice]!.RowIndices(rowInPart[i]).Length;
        }
        var (indices, values) = (new int[offsets[^1]], new float[offsets[^1]]);
        for (var i = 0; i < places.Length; i++)
        {
            var part = parts[places[i].Slice]!;
            part.RowIndices(rowInPart[i]).CopyTo(indices.AsSpan((int)offsets[i]));
            part.RowValues(rowInPart[i]).CopyTo(values.AsSpan((int)offsets[i]));
        }
        return new CsrMatrix(places.Length, genes, offsets, indices, values);
    }
}
