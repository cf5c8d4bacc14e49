using System.Text.RegularExpressions;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Marks;
using ScFm.Interactive.Figures.Plotly;

namespace ScFm.Interactive.Tests.Figures;

public sealed partial class FigureInBrowserTests
{
    private const string Page = "<!DOCTYPE html><meta charset='utf-8'><body>";

    // Counts the pixels that differ from white in every canvas, since WebGL points are no elements.
    private const string CountPixels = """
        <script>setTimeout(function () {
          var painted = 0, canvases = document.querySelectorAll("canvas");
          for (var i = 0; i < canvases.length; i++) {
            var copy = document.createElement("canvas"); copy.width = canvases[i].width; copy.height = canvases[i].height;
            if (!copy.width || !copy.height) continue;
            var pen = copy.getContext("2d"); pen.drawImage(canvases[i], 0, 0);
            var pixels = pen.getImageData(0, 0, copy.width, copy.height).data;
            for (var k = 3; k < pixels.length; k += 4) if (pixels[k] > 0) painted++;
          }
          document.body.setAttribute("data-painted", painted);
        }, 3000);</script>
        """;

    [Fact]
    public void A_page_with_plotly_draws_every_point_of_the_figure()
    {
        var elements = Browser.Elements(Page + Scatter(137).ToHtml() + PlotlyBundle.ScriptHtml);
        Assert.Equal(137, Points().Count(elements));
        Assert.Matches("<img[^>]*display: none", elements);
    }

    [Fact]
    public void A_figure_that_comes_after_plotly_is_drawn_at_once_and_a_second_loader_does_no_harm()
    {
        var elements = Browser.Elements(Page + PlotlyBundle.ScriptHtml + Scatter(11).ToHtml() + PlotlyBundle.ScriptHtml + Scatter(13).ToHtml());
        Assert.Equal(11 + 13, Points().Count(elements));
    }

    [Fact]
    public void A_page_without_plotly_keeps_the_static_picture()
    {
        var elements = Browser.Elements(Page + Scatter(20).ToHtml());
        Assert.Contains("data:image/svg+xml;base64,", elements);
        Assert.DoesNotContain("main-svg", elements);
        Assert.DoesNotMatch("<img[^>]*display: none", elements);
    }

    [Fact]
    public void A_page_with_require_js_gets_plotly_all_the_same()
    {
        // What the bundle would see in Notebook 6: an AMD loader that swallows every module.
        const string Amd = "<script>window.define = function () {}; window.define.amd = {}; window.module = { exports: {} };</script>";
        var elements = Browser.Elements(Page + Amd + Scatter(17).ToHtml() + PlotlyBundle.ScriptHtml);
        Assert.Equal(17, Points().Count(elements));
    }

    [Fact]
    public void A_figure_shown_twice_on_a_page_is_drawn_in_both_places()
    {
        var html = Scatter(9).ToHtml();
        Assert.Equal(18, Points().Count(Browser.Elements(Page + html + html + PlotlyBundle.ScriptHtml)));
    }

    [Fact]
    public void A_large_scatter_is_painted_with_WebGL()
    {
        var elements = Browser.Elements(Page + Scatter(6_000).ToHtml() + PlotlyBundle.ScriptHtml + CountPixels);
        Assert.Equal(0, Points().Count(elements));
        Assert.InRange(int.Parse(Painted().Match(elements).Groups[1].Value), 6_000, 640 * 420);
    }

    [Fact]
    public void Lines_bars_and_heat_maps_are_drawn_in_their_own_panels()
    {
        var figure = new Figure(
            new Panel(new Line([0, 1, 2], [1, 3, 2])),
            Plots.Bar(["a", "b", "c"], [1, 2, 3]).Panels[0],
            Plots.HeatMap(["r"], ["a", "b"], [0, 1]).Panels[0])
        { Width = 900 };
        var elements = Browser.Elements(Page + figure.ToHtml() + PlotlyBundle.ScriptHtml);
        Assert.Single(Regex.Matches(elements, "class=\"js-line\""));
        // Three bars and, in front of the colour bar, none.
        Assert.Equal(3, Regex.Matches(elements, "<g class=\"point\">").Count);
        Assert.Single(Regex.Matches(elements, "class=\"hm\""));
    }

    [Fact]
    public void Hostile_labels_run_nothing_and_are_shown_as_they_are()
    {
        const string Label = "</script><img src=x onerror=\"document.title='run'\"><b>$x$</b>&amp;";
        var figure = Plots.Scatter([1, 2, 3], [1, 2, 3], [Label, "b", Label], title: Label, xTitle: Label, yTitle: Label) with { Title = Label };
        var elements = Browser.Elements(Page + figure.ToHtml() + PlotlyBundle.ScriptHtml);
        Assert.DoesNotContain("<title>run</title>", elements);
        Assert.Equal(3, Points().Count(elements));
        Assert.Contains("&lt;b&gt;$x$&lt;/b&gt;&amp;amp;</text>", elements);
    }

    private static Figure Scatter(int points)
    {
        var random = new Random(points);
        double[] Numbers() => [.. Enumerable.Range(0, points).Select(_ => random.NextDouble())];
        return Plots.Scatter(Numbers(), Numbers());
    }

    [GeneratedRegex("<path class=\"point\"")]
    private static partial Regex Points();

    [GeneratedRegex("data-painted=\"(\\d+)\"")]
    private static partial Regex Painted();
}
