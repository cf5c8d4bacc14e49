using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Models.ScVi;

/// <summary>Reads the batch that comes next while the one at hand is computed with.</summary>
internal sealed class CountReadAhead
{
    private readonly CountReader reader;
    private readonly Device device;
    private int[] expected = [];
    private Task<CountBatch>? reading;

    /// <summary>Reads nothing yet.</summary>
    /// <param name="reader">Reads the batches; several threads use it at once.</param>
    /// <param name="device">Where the batches are wanted.</param>
    public CountReadAhead(CountReader reader, Device device) => (this.reader, this.device) = (reader, device);

    /// <summary>Begins to read some cells in the background; what was expected before and never taken is given up.</summary>
    public void Expect(int[] rows)
    {
        GiveUp();
        expected = rows;
        reading = Task.Run(() => reader.Read(rows, device));
    }

    /// <summary>The given cells: those that were expected, or read now.</summary>
    public CountBatch Take(int[] rows)
    {
        if (reading is null || !rows.AsSpan().SequenceEqual(expected))
        {
            return reader.Read(rows, device);
        }
        var batch = Finished();
        foreach (var tensor in batch.Tensors)
        {
            CurrentDisposeScope?.Attach(tensor); // the thread that made it was in no scope
        }
        return batch;
    }

    /// <summary>Waits for what is being read, so that nobody asks the cells for anything any more, and forgets it.</summary>
    public void GiveUp()
    {
        if (reading is null)
        {
            return;
        }
        try
        {
            foreach (var tensor in Finished().Tensors)
            {
                tensor.Dispose();
            }
        }
        catch (Exception) // nobody asked for these cells yet; who does will be told
        {
        }
    }

    private CountBatch Finished()
    {
        var task = reading!;
        reading = null;
        return task.GetAwaiter().GetResult();
    }
}
