namespace ScFm.Kernel.Cells;

/// <summary>One run of one cell. It flows with the cell's code into the tasks and threads that it starts, so that late output still reaches the right cell.</summary>
/// <param name="Path">What traces call the cell.</param>
/// <param name="Output">Where its output goes.</param>
/// <param name="Cancellation">Fires when the user interrupts it.</param>
/// <param name="Force">Fires when the user insists.</param>
internal sealed record CellContext(string Path, ICellOutput Output, CancellationToken Cancellation, CancellationToken Force)
{
    private static readonly AsyncLocal<CellContext?> OfThisFlow = new();
    private static CellContext? latest;

    /// <summary>What traces call the cell of that number.</summary>
    internal static string PathOf(int number) => $"Cell [{number}]";

    /// <summary>The cell whose code is calling; for a thread that no cell started, the cell that ran last.</summary>
    internal static CellContext? Current => OfThisFlow.Value ?? latest;

    /// <summary>Makes this the cell of the calling flow.</summary>
    internal void Enter()
    {
        OfThisFlow.Value = this;
        latest = this;
    }
}
