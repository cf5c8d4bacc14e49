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
        return CsrMatrix.Gather([.. places.Select((place, i) => (parts[place.Slice]!, rowInPart[i]))], genes);
    }
}
