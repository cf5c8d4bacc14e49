using System.Collections.Concurrent;

namespace ScFm.Kernel.Cells;

/// <summary>The thread on which cells run, one after the other, so that what libraries keep per thread lasts from cell to cell.</summary>
internal sealed class CellThread
{
    /// <summary>Bytes of stack, for recursive code: 16 MiB.</summary>
    private const int StackSize = 16 << 20;

    private readonly Lock gate = new();
    private BlockingCollection<Action> work = Start();
    private CellRun? current;

    /// <summary>Runs a cell and waits for its end. A thread that could not be stopped is replaced by a fresh one.</summary>
    internal CellEnding Run(CellRun run)
    {
        lock (gate)
        {
            current = run;
            work.Add(run.Execute);
        }

        var ending = run.Ended.GetAwaiter().GetResult();
        lock (gate)
        {
            current = null;
            if (ending == CellEnding.Abandoned)
            {
                work.CompleteAdding();
                work = Start();
            }
        }

        return ending;
    }

    /// <summary>Interrupts the running cell, if there is one.</summary>
    internal void Interrupt()
    {
        lock (gate)
        {
            current?.Interrupt();
        }
    }

    private static BlockingCollection<Action> Start()
    {
        var work = new BlockingCollection<Action>();
        var thread = new Thread(() => Serve(work), StackSize) { IsBackground = true, Name = "cells" };
        thread.Start();
        return work;
    }

    private static void Serve(BlockingCollection<Action> work)
    {
        foreach (var action in work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
