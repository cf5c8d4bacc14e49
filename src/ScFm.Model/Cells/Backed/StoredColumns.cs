namespace ScFm.Model.Cells.Backed;

/// <summary>Some columns of a stored matrix: the genes among the features of a file.</summary>
/// <param name="whole">The matrix.</param>
/// <param name="kept">The columns that are kept, in their new order.</param>
internal sealed class StoredColumns(StoredMatrix whole, int[] kept) : StoredMatrix(whole.Where, whole.Rows, kept.Length)
{
    protected override CsrMatrix ReadRun(int first, int count, CancellationToken cancellation) =>
        (count == Rows ? whole.ReadAll(null, cancellation) : whole.Read([.. Enumerable.Range(first, count)], cancellation)).SelectColumns(kept);
}
