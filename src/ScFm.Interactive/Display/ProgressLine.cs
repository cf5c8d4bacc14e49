using ScFm.Interactive.Hosting;

namespace ScFm.Interactive.Display;

/// <summary>One line that tells how far a long work is: what, done of total, rate, loss and time left, replaced in place at most ten times a second.</summary>
/// <example><code>
/// using var progress = new ProgressLine("Embedding", cells.CellCount);
/// foreach (var batch in batches) { ...; progress.Report(done); }
/// progress.Complete();
/// </code></example>
public sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan between = TimeSpan.FromMilliseconds(100);

    private readonly INotebookHost host;
    private readonly TimeProvider time;
    private readonly long started;
    private readonly Lock showing = new();
    private ProgressState state;
    private IDisplay? display;
    private long? shownAt;

    /// <summary>Begins the work; the line shows with the first report.</summary>
    /// <param name="what">What is being done, such as "Pretraining".</param>
    /// <param name="total">How much there is to do; 0 where that is not known.</param>
    /// <param name="unit">What is counted. Default: cells.</param>
    /// <param name="host">Where to show it. Default: <see cref="NotebookHost.Current"/>.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    public ProgressLine(string what, long total, string unit = "cells", INotebookHost? host = null, TimeProvider? time = null)
    {
        this.host = host ?? NotebookHost.Current;
        this.time = time ?? TimeProvider.System;
        started = this.time.GetTimestamp();
        state = new ProgressState(what, 0, total, unit, null, TimeSpan.Zero, ProgressEnd.Running, null);
    }

    /// <summary>Tells how far the work is; cheap enough for every step.</summary>
    /// <param name="done">How much is done.</param>
    /// <param name="loss">The loss now. Default: the one before.</param>
    /// <param name="note">Anything else to say, such as the epoch. Default: the one before.</param>
    public void Report(long done, double? loss = null, string? note = null)
    {
        lock (showing)
        {
            if (state.End != ProgressEnd.Running)
            {
                return;
            }
            state = state with { Done = done, Loss = loss ?? state.Loss, Note = note ?? state.Note, Elapsed = time.GetElapsedTime(started) };
            if (shownAt is not { } at || time.GetElapsedTime(at) >= between)
            {
                Show();
            }
        }
    }

    /// <summary>Says that all is done.</summary>
    /// <param name="note">What came of it. Default: the last note.</param>
    public void Complete(string? note = null) => End(ProgressEnd.Completed, note);

    /// <summary>Says that the work stopped before its end, unless <see cref="Complete"/> was called.</summary>
    public void Dispose() => End(ProgressEnd.Stopped, null);

    private void End(ProgressEnd end, string? note)
    {
        lock (showing)
        {
            if (state.End == ProgressEnd.Running)
            {
                state = state with { End = end, Note = note ?? state.Note, Elapsed = time.GetElapsedTime(started) };
                if (end == ProgressEnd.Completed && state.Total > 0)
                {
                    state = state with { Done = state.Total };
                }
                Show();
            }
        }
    }

    private void Show()
    {
        // The carriage return tells a terminal that the line will be rewritten.
        var text = state.ToString() + (state.End == ProgressEnd.Running && !host.IsNotebook ? "\r" : "");
        var content = new MimeBundle(new Dictionary<string, object> { ["text/plain"] = text, ["text/html"] = state.ToHtml() });
        if (display is null)
        {
            display = host.Display(content);
        }
        else
        {
            display.Update(content);
        }
        shownAt = time.GetTimestamp();
    }
}
