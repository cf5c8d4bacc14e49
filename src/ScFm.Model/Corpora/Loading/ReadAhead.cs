using System.Runtime.ExceptionServices;

namespace ScFm.Model.Corpora;

/// <summary>Fills buffers in the background, several at once, and hands them out in the order of their jobs.</summary>
/// <remarks>No more jobs are under way than there are buffers. A buffer is taken together with the next job, so the job that is waited for always has one.</remarks>
/// <typeparam name="T">A buffer.</typeparam>
internal sealed class ReadAhead<T> : IDisposable
{
    private readonly object gate = new();
    private readonly Stack<T> free;
    private readonly Dictionary<int, (T Buffer, ExceptionDispatchInfo? Error)> done = [];
    private readonly CancellationTokenSource stop;
    private readonly CancellationTokenRegistration wake;
    private readonly Thread[] threads;
    private readonly Action<int, T, CancellationToken> fill;
    private readonly int jobs;
    private int started;
    private int handedOut;

    /// <summary>Starts the threads.</summary>
    /// <param name="first">The first job.</param>
    /// <param name="jobs">The job after the last.</param>
    /// <param name="threads">Number of threads, 1 or more.</param>
    /// <param name="buffers">The buffers, at least one.</param>
    /// <param name="fill">Does a job: fills a buffer. It is called from several threads at once.</param>
    /// <param name="cancellation">Stops the threads; <see cref="Next"/> then throws.</param>
    public ReadAhead(int first, int jobs, int threads, IEnumerable<T> buffers, Action<int, T, CancellationToken> fill, CancellationToken cancellation)
    {
        (started, handedOut, this.jobs, this.fill, free) = (first, first, jobs, fill, new Stack<T>(buffers));
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        wake = stop.Token.Register(() =>
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        });
        this.threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"corpus reader {i}" })];
        foreach (var thread in this.threads)
        {
            thread.Start();
        }
    }

    /// <summary>Waits for the next buffer.</summary>
    /// <param name="buffer">The buffer, in the order of the jobs; to be given back by <see cref="Return"/>.</param>
    /// <returns>False where all jobs are done.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled. What went wrong with a job is thrown as it was, in that job's turn.</exception>
    public bool Next(out T? buffer)
    {
        buffer = default;
        if (handedOut >= jobs)
        {
            return false;
        }
        (T Buffer, ExceptionDispatchInfo? Error) found;
        lock (gate)
        {
            while (!done.Remove(handedOut, out found))
            {
                stop.Token.ThrowIfCancellationRequested();
                Monitor.Wait(gate);
            }
        }
        handedOut++;
        found.Error?.Throw();
        buffer = found.Buffer;
        return true;
    }

    /// <summary>Gives a buffer back, to be filled again.</summary>
    public void Return(T buffer)
    {
        lock (gate)
        {
            free.Push(buffer);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Stops the threads and waits for them.</summary>
    public void Dispose()
    {
        stop.Cancel();
        foreach (var thread in threads)
        {
            thread.Join();
        }
        wake.Dispose();
        stop.Dispose();
    }

    private void Work()
    {
        while (Take(out var job, out var buffer))
        {
            ExceptionDispatchInfo? error = null;
            try
            {
                fill(job, buffer!, stop.Token);
            }
            catch (Exception e) // of any kind: it belongs to who asked for the job, not to this thread
            {
                error = ExceptionDispatchInfo.Capture(e);
            }
            lock (gate)
            {
                done[job] = (buffer!, error);
                Monitor.PulseAll(gate);
            }
        }
    }

    private bool Take(out int job, out T? buffer)
    {
        lock (gate)
        {
            while (free.Count == 0 && started < jobs && !stop.IsCancellationRequested)
            {
                Monitor.Wait(gate);
            }
            var goesOn = started < jobs && !stop.IsCancellationRequested;
            (job, buffer) = goesOn ? (started++, free.Pop()) : (-1, default);
            return goesOn;
        }
    }
}
