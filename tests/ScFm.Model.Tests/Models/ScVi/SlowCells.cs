using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Models.ScVi;

/// <summary>Cells as if they lay in a file: they can only be read some at a time, and what was read is counted.</summary>
internal sealed class SlowCells(AnnData cells) : ICellSource
{
    /// <summary>The most cells that were read at once.</summary>
    public int MostAtOnce { get; private set; }

    public string Name => "slow cells";

    public string Identity => ((ICellSource)cells).Identity;

    public int CellCount => cells.CellCount;

    public string[] ObsNames => cells.ObsNames;

    public string[] VarNames => cells.VarNames;

    public Table Obs => cells.Obs;

    public CsrMatrix Read(ReadOnlySpan<int> chosen, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        MostAtOnce = Math.Max(MostAtOnce, chosen.Length);
        return cells.X.SelectRows(chosen);
    }
}
