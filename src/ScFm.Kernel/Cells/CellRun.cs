namespace ScFm.Kernel.Cells;

/// <summary>One run of one cell that can be interrupted: first politely, then by force, then by leaving its thread behind.</summary>
/// <param name="body">Runs the cell; must not throw. Its tokens: the polite one and the forceful one.</param>
/// <param name="ignored">Called when the cell still runs some seconds after the first request.</param>
internal sealed class CellRun(Action<CancellationToken, CancellationToken> body, Action ignored)
{
    /// <summary>Time that a cell gets to notice the token before the user is told how to insist.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Time that a forced end may take before the thread is given up.</summary>
    private static readonly TimeSpan LastRespite = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource cancel = new();
    private readonly CancellationTokenSource force = new();
    private readonly TaskCompletionSource<CellEnding> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int requests;

    internal Task<CellEnding> Ended => ended.Task;

    internal void Execute()
    {
        body(cancel.Token, force.Token);
        ended.TrySetResult(requests > 0 ? CellEnding.Interrupted : CellEnding.Completed);
    }

    /// <summary>Asks the cell to end; more firmly each time.</summary>
    internal void Interrupt()
    {
        // Callbacks of the tokens are the cell's code: they must not hold up the thread that listens to the user.
        switch (Interlocked.Increment(ref requests))
        {
            case 1:
                Task.Run(cancel.Cancel);
                After(Patience, ignored);
                break;
            case 2:
                Task.Run(force.Cancel);
                After(LastRespite, Abandon);
                break;
            default:
                Abandon();
                break;
        }
    }

    private void Abandon() => ended.TrySetResult(CellEnding.Abandoned);

    private async void After(TimeSpan delay, Action action)
    {
        if (await Task.WhenAny(Ended, Task.Delay(delay)) != Ended)
        {
            action();
        }
    }
}
