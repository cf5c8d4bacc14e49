using System.Runtime.InteropServices;
using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Tasks.Annotation;

/// <summary>Cells of which a reading fails once, as a step does for which no memory is left.</summary>
internal sealed class FailingCells(AnnData cells) : ICellSource
{
    /// <summary>True to fail at the next reading.</summary>
    public bool FailsNext { get; set; }

    public string Name => "failing cells";

    public string Identity => ((ICellSource)cells).Identity;

    public int CellCount => cells.CellCount;

    public string[] ObsNames => cells.ObsNames;

    public string[] VarNames => cells.VarNames;

    public Table Obs => cells.Obs;

    public CsrMatrix Read(ReadOnlySpan<int> chosen, CancellationToken cancellation = default)
    {
        if (FailsNext)
        {
            FailsNext = false;
            throw new ExternalException("no memory is left");
        }
        return cells.X.SelectRows(chosen);
    }
}
