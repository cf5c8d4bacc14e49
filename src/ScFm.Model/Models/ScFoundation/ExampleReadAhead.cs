using System.Diagnostics;

namespace ScFm.Model.Models.ScFoundation;

/// <summary>Makes the examples of the batch that comes next while the one at hand is computed with.</summary>
/// <param name="make">Makes the examples of some cells in an epoch; several threads call it.</param>
internal sealed class ExampleReadAhead(Func<int[], int, CellTokens[]> make)
{
    private (int[] Cells, int Epoch, Task<CellTokens[]> Examples)? expected;
    private int epoch;

    /// <summary>The time that was spent waiting for examples.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Begins to make some cells' examples in the background, in the epoch of those that were taken last.</summary>
    public void Expect(int[] cells)
    {
        GiveUp();
        var inEpoch = epoch;
        expected = (cells, inEpoch, Task.Run(() => make(cells, inEpoch)));
    }

    /// <summary>The examples: those that were expected, or made now.</summary>
    public CellTokens[] Take(int[] cells, int inEpoch)
    {
        var started = Stopwatch.GetTimestamp();
        epoch = inEpoch;
        var found = expected is { } made && made.Epoch == inEpoch && made.Cells.AsSpan().SequenceEqual(cells) ? Finished() : make(cells, inEpoch);
        Waited += Stopwatch.GetElapsedTime(started);
        return found;
    }

    /// <summary>Waits for what is being made, so that nobody asks the cells for anything any more, and forgets it.</summary>
    public void GiveUp()
    {
        try
        {
            _ = expected is null ? null : Finished();
        }
        catch (Exception) // nobody asked for these cells yet; who does will be told
        {
        }
    }

    private CellTokens[] Finished()
    {
        var task = expected!.Value.Examples;
        expected = null;
        return task.GetAwaiter().GetResult();
    }
}
