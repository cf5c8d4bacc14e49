namespace ScFm.Kernel.Cells;

/// <summary>How the run of a cell ended.</summary>
internal enum CellEnding
{
    /// <summary>The cell ended by itself, well or with an error.</summary>
    Completed,

    /// <summary>The user asked for an interruption and the cell then ended.</summary>
    Interrupted,

    /// <summary>The cell could not be ended; its thread was left behind.</summary>
    Abandoned,
}
