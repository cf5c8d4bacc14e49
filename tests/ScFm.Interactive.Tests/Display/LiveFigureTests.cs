using ScFm.Interactive.Display;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;

namespace ScFm.Interactive.Tests.Display;

public sealed class LiveFigureTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void It_grows_in_place_once_a_second_and_ends_with_all_points()
    {
        var host = new RecordingHost();
        var made = 0;
        var points = new List<LossPoint>();
        using (var live = new LiveFigure(host, time: time))
        {
            for (var step = 1; step <= 250; step++)
            {
                points.Add(new LossPoint(step, 1.0 / step));
                live.Show(() =>
                {
                    made++;
                    return Plots.LossCurve(points);
                });
                time.Pass(0.01);
            }
        }
        var shown = host.Displays.Single();
        Assert.Equal(4, shown.Count); // at 0, 1 and 2 seconds, and the end
        Assert.Equal(4, made);
        Assert.Equal((string)shown[^1].Data["text/html"], Plots.LossCurve(points).ToHtml());
    }

    [Fact]
    public void A_terminal_shows_no_figure()
    {
        var terminal = new StringWriter();
        using (var live = new LiveFigure(new TerminalHost(terminal, rewrites: true, time), time: time))
        {
            live.Show(() => throw new InvalidOperationException("a figure was made for a terminal"));
        }
        Assert.Equal("", terminal.ToString());
    }
}
