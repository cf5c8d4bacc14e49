using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Cells.Backed;

/// <summary>A matrix in compressed columns, whose rows are nowhere together: the first reading transposes it.</summary>
/// <remarks>
/// Where that takes up to <c>budget</c> bytes it is done in memory, and kept there; beyond, in a temporary file of 8 bytes a value that is deleted when the cells are closed.
/// The file is read twice for that, whatever is asked for afterwards, and no more than about the budget and 16 bytes a row are held.
/// Who reads all rows at once gets them transposed in memory whatever their size, since they are to lie there; nothing of them is kept here beyond the budget.
/// </remarks>
internal sealed class StoredCsc : StoredMatrix, IDisposable
{
    internal const long Budget = 128L << 20;
    private const int BytesPerValue = 2 * (sizeof(int) + sizeof(float)); // as it is stored, and transposed

    private readonly Hdf5Object group;
    private readonly long[] offsets;
    private readonly long budget;
    private readonly Lock gate = new();
    private CsrMatrix? inMemory;
    private TransposedFile? onDisk;

    internal StoredCsc(string where, int rows, int columns, Hdf5Object group, long budget = Budget) : base(where, rows, columns) =>
        (this.group, offsets, this.budget) = (group, StoredCsr.ReadOffsets(where, columns, rows, group), budget);

    protected override CsrMatrix ReadRun(int first, int count, CancellationToken cancellation)
    {
        if (!Fits && count == Rows)
        {
            return Transposed();
        }
        // Whoever comes while another thread transposes waits for it.
        lock (gate)
        {
            if (Fits)
            {
                inMemory ??= Transposed();
            }
            else
            {
                onDisk ??= new TransposedFile(Where, Rows, Columns, offsets, group.Open("indices"), group.Open("data"), budget, cancellation);
            }
        }
        return inMemory is { } matrix ? matrix.SelectRows([.. Enumerable.Range(first, count)]) : Checked(() => onDisk!.Read(first, count));
    }

    private bool Fits => offsets[^1] <= budget / BytesPerValue;

    private CsrMatrix Transposed() =>
        Checked(() => CsrMatrix.FromFile(Columns, Rows, offsets, group.Open("indices").Read<int>(), group.Open("data").Read<float>()).Transpose());

    public void Dispose() => onDisk?.Dispose();
}
