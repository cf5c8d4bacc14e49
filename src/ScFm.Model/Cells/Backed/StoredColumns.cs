namespace ScFm.Model.Cells.Backed;

/// <summary>Some columns of a stored matrix: the genes among the features of a file.</summary>
/// <param name="whole">The matrix.</param>
/// <param name="target">For each of its columns the new one, or -1.</param>
/// <param name="columns">Number of columns kept.</param>
internal sealed class StoredColumns(StoredMatrix whole, int[] target, int columns) : StoredMatrix(whole.Where, whole.Rows, columns)
{
    protected override CsrMatrix ReadRun(int first, int count, CancellationToken cancellation) =>
        (count == Rows ? whole.ReadAll(null, cancellation) : whole.Read([.. Enumerable.Range(first, count)], cancellation)).MapColumns(target, Columns);
}
