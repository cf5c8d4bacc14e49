using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Corpora;

/// <summary>Cells that count how often they are read, and can fail.</summary>
internal sealed class CountedReads(ICellSource cells) : ICellSource
{
    private int reads;

    /// <summary>How often <see cref="Read"/> was called.</summary>
    public int Reads => reads;

    /// <summary>The cells of which the reading fails, as a damaged file's would. Default: none.</summary>
    public Predicate<int> Damaged { get; init; } = _ => false;

    public string Name => cells.Name;

    public string Identity => cells.Identity;

    public int CellCount => cells.CellCount;

    public string[] ObsNames => cells.ObsNames;

    public string[] VarNames => cells.VarNames;

    public Table Obs => cells.Obs;

    public CsrMatrix Read(ReadOnlySpan<int> wanted, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref reads);
        foreach (var cell in wanted)
        {
            if (Damaged(cell))
            {
                throw new InvalidDataException($"Cell {cell} is damaged.");
            }
        }
        return cells.Read(wanted, cancellation);
    }
}
