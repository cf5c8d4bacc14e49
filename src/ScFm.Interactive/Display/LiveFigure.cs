using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;

namespace ScFm.Interactive.Display;

/// <summary>A figure that is replaced in place while work goes on, at most once a second, such as a loss curve that grows.</summary>
/// <remarks>In a terminal, which has no pictures, nothing is shown.</remarks>
/// <example><code>
/// using var live = new LiveFigure();
/// ... live.Show(() => Plots.LossCurve(points)); ...
/// </code></example>
public sealed class LiveFigure : IDisposable
{
    private readonly INotebookHost host;
    private readonly TimeProvider time;
    private readonly TimeSpan between;
    private readonly Lock showing = new();
    private IDisplay? display;
    private Func<Figure>? waiting;
    private long? shownAt;

    /// <summary>Makes the handle; the figure shows with the first <see cref="Show"/>.</summary>
    /// <param name="host">Where to show it. Default: <see cref="NotebookHost.Current"/>.</param>
    /// <param name="between">The least time between two pictures. Default: one second.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    public LiveFigure(INotebookHost? host = null, TimeSpan? between = null, TimeProvider? time = null)
    {
        this.host = host ?? NotebookHost.Current;
        this.between = between ?? TimeSpan.FromSeconds(1);
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>Replaces the figure if enough time has passed; otherwise it waits for the next call or for the end.</summary>
    /// <param name="figure">Makes the figure; called only when it is shown, on the caller's thread.</param>
    public void Show(Func<Figure> figure)
    {
        lock (showing)
        {
            waiting = figure;
            if (shownAt is not { } at || time.GetElapsedTime(at) >= between)
            {
                Draw();
            }
        }
    }

    /// <summary>Shows what still waits.</summary>
    public void Dispose()
    {
        lock (showing)
        {
            Draw();
        }
    }

    private void Draw()
    {
        if (waiting is null || !host.IsNotebook)
        {
            return;
        }
        var content = MimeFormatter.Format(waiting());
        waiting = null;
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
