using ScFm.Interactive.Display;
using ScFm.Interactive.Hosting;

namespace ScFm.Interactive.Tests.Display;

public sealed class ProgressLineTests
{
    private readonly ManualTime time = new();
    private readonly RecordingHost host = new();
    private readonly StringWriter terminal = new() { NewLine = "\n" };

    private List<string> Shown => [.. host.Displays.Single().Select(bundle => (string)bundle.Data["text/plain"])];

    [Fact]
    public void It_tells_what_is_done_how_fast_the_loss_and_the_time_left()
    {
        using var progress = new ProgressLine("Pretraining", 3_000, host: host, time: time);
        time.Pass(10);
        progress.Report(1_500, loss: 0.5, note: "epoch 2");
        Assert.Equal("Pretraining ██████████░░░░░░░░░░ 1,500/3,000 cells · 150 cells/s · loss 0.5 · epoch 2 · 10 s left", Shown.Last());
    }

    [Fact]
    public void It_is_replaced_in_place_at_most_ten_times_a_second()
    {
        using var progress = new ProgressLine("Embedding", 100_000, host: host, time: time);
        for (var i = 0; i < 10_000; i++)
        {
            time.Pass(0.001);
            progress.Report(i);
        }
        Assert.InRange(Shown.Count, 90, 101);
    }

    [Fact]
    public void The_end_is_shown_however_soon_it_comes()
    {
        using var progress = new ProgressLine("Embedding", 300, host: host, time: time);
        progress.Report(1);
        time.Pass(1.25);
        progress.Complete("saved");
        Assert.Equal("Embedding ████████████████████ 300/300 cells · 240 cells/s · saved · done in 1.3 s", Shown.Last());
    }

    [Fact]
    public void A_work_left_before_its_end_says_that_it_stopped()
    {
        using (var progress = new ProgressLine("Embedding", 300, host: host, time: time))
        {
            time.Pass(90);
            progress.Report(30);
        }
        Assert.EndsWith("30/300 cells · 0.333 cells/s · stopped after 1:30 min", Shown.Last());
    }

    [Fact]
    public void Texts_are_escaped_in_HTML()
    {
        using var progress = new ProgressLine("<script>", 0, host: host, time: time);
        progress.Report(5, note: "<b>");
        var html = (string)host.Displays.Single().Last().Data["text/html"];
        Assert.Contains("&lt;script&gt;", html);
        Assert.Contains("&lt;b&gt;", html);
    }

    [Fact]
    public void A_terminal_rewrites_one_line_and_ends_it()
    {
        using var progress = new ProgressLine("Embedding", 10, host: new TerminalHost(terminal, rewrites: true, time), time: time);
        progress.Report(1);
        time.Pass(1);
        progress.Report(5, note: "a longer note");
        time.Pass(1);
        progress.Complete("");
        var text = terminal.ToString();
        Assert.Equal(2, text.Count(character => character == '\r'));
        Assert.Equal(1, text.Count(character => character == '\n'));
        Assert.EndsWith("\n", text);
        // What is left of the longer line is covered.
        var lines = text.TrimEnd('\n').Split('\r');
        Assert.True(lines[2].Length >= lines[1].Length);
    }

    [Fact]
    public void A_file_in_place_of_a_terminal_gets_a_line_every_five_seconds_and_the_end()
    {
        using var progress = new ProgressLine("Embedding", 1_200, host: new TerminalHost(terminal, rewrites: false, time), time: time);
        for (var i = 0; i < 120; i++)
        {
            progress.Report(i * 10);
            time.Pass(0.1);
        }
        progress.Complete();
        var lines = terminal.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length); // at 0, 5 and 10 seconds, and the end
        Assert.DoesNotContain('\r', terminal.ToString());
        Assert.EndsWith("done in 12 s", lines[^1]);
    }

    [Fact]
    public void Another_display_does_not_overwrite_a_line_that_is_still_open()
    {
        var terminalHost = new TerminalHost(terminal, rewrites: true, time);
        using var progress = new ProgressLine("Embedding", 10, host: terminalHost, time: time);
        progress.Report(1);
        terminalHost.Display(MimeFormatter.Format("a warning"));
        Assert.EndsWith("\na warning\n", terminal.ToString());
    }
}
