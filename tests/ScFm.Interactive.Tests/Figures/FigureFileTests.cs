using System.Text.Json;
using ScFm.Interactive.Figures;

namespace ScFm.Interactive.Tests.Figures;

public sealed class FigureFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Figure figure = Plots.Scatter([1, 2, 3], [3, 1, 2], title: "Three points");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_ending_gets_its_format_and_no_temporary_file_stays()
    {
        foreach (var ending in new[] { "html", "svg", "json" })
        {
            figure.Save(folder.File($"points.{ending}"));
        }
        Assert.StartsWith("<svg", File.ReadAllText(folder.File("points.svg")));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(folder.File("points.html")));
        using var json = JsonDocument.Parse(File.ReadAllText(folder.File("points.json")));
        Assert.Equal([3, 1, 2], json.RootElement.GetProperty("data")[0].GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void An_unknown_ending_is_named_in_the_error_and_nothing_is_written()
    {
        var error = Assert.Throws<ArgumentException>(() => figure.Save(folder.File("points.bmp")));
        Assert.Contains(".bmp", error.Message);
        Assert.Contains(".svg", error.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_PNG_picture_has_the_size_of_the_figure_times_the_scale()
    {
        if (!File.Exists("/usr/bin/chromium") && !File.Exists("/usr/bin/rsvg-convert"))
        {
            Assert.Skip("Neither chromium nor rsvg-convert is installed, so no PNG can be drawn.");
        }
        var png = figure.ToPng(scale: 2);
        Assert.Equal((1280, 840), ((png[18] << 8) + png[19], (png[22] << 8) + png[23]));
    }

    [Fact]
    public void Missing_numbers_are_null_in_the_JSON()
    {
        using var json = JsonDocument.Parse(Plots.Scatter([1, double.NaN], [double.PositiveInfinity, 2]).ToJson());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("data")[0].GetProperty("x")[1].ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("data")[0].GetProperty("y")[0].ValueKind);
    }

    [Fact]
    public void Neither_JSON_nor_HTML_can_end_a_script_element()
    {
        var hostile = Plots.Scatter([1, 2], [1, 2], ["</script><!--", "\u2028"], title: "</SCRIPT>");
        Assert.DoesNotContain("</script", hostile.ToJson(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<!--", hostile.ToJson());
        Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(hostile.ToHtml(), "</script", System.Text.RegularExpressions.RegexOptions.IgnoreCase));
    }

    [Fact]
    public void The_same_figure_gives_the_same_HTML_every_time() => Assert.Equal(figure.ToHtml(), Plots.Scatter([1, 2, 3], [3, 1, 2], title: "Three points").ToHtml());
}
