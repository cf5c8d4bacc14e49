using System.Xml.Linq;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Marks;
using ScFm.Interactive.Tests.Golden;

namespace ScFm.Interactive.Tests.Figures;

public sealed class SvgFigureTests
{
    [Fact]
    public void A_labelled_scatter_looks_as_verified() => GoldenFile.Match(
        Plots.Scatter([1, 2, 3, 4, double.NaN], [2, 1, 4, 3, 1], ["T", "B", "T", null, "B"], "Cells", "UMAP 1", "UMAP 2").ToSvg(), "svg");

    [Fact]
    public void A_loss_curve_with_baselines_looks_as_verified() => GoldenFile.Match(
        Plots.LossCurve([.. Enumerable.Range(1, 40).Select(i => new LossPoint(i * 10, 1.0 / i, i % 10 == 0 ? 1.2 / i : double.NaN))], [("zero", 1.05), ("gene mean", 0.6)]).ToSvg(), "svg");

    [Fact]
    public void Grouped_bars_look_as_verified() => GoldenFile.Match(
        Plots.Bar(["MAE", "MRE"], [("downsampled", (IReadOnlyList<double>)[0.62, 0.71]), ("enhanced", [0.31, double.NaN])], "Enhancement", "error").ToSvg(), "svg");

    [Fact]
    public void A_heat_map_with_names_looks_as_verified() => GoldenFile.Match(
        Plots.HeatMap(["T", "B"], ["T", "B", "NK"], [1, 0, 0.5f, 0.25f, float.NaN, 1], "Confusion", "share").ToSvg(), "svg");

    [Fact]
    public void Long_names_below_a_heat_map_are_slanted_and_stay_inside_the_figure()
    {
        string[] types = ["CD4+/CD45RA+/CD25- Naive T", "CD8+/CD45RA+ Naive Cytotoxic", "CD14+ Monocyte", "B"];
        var figure = Plots.HeatMap(types, types, new float[16], "Confusion", "share") with { Width = 480, Height = 360 };
        var named = figure with { Panels = [figure.Panels[0] with { X = figure.Panels[0].X with { CellNames = types, ShowTicks = true } }] };
        var slanted = XDocument.Parse(named.ToSvg()).Descendants().Where(text => text.Attribute("transform")?.Value.Contains("rotate(-45)") == true).ToArray();
        Assert.Equal(types.Length, slanted.Length);
        Assert.Contains("\"tickangle\":-45", named.ToJson().Replace(" ", ""));
        Assert.All(slanted, text => Assert.InRange(Height(text) + text.Value.Length * 7 * Math.Sqrt(0.5), 0, 360)); // about 7 pixels a letter
        Assert.All(slanted, text => Assert.InRange(Height(text), 150, 360)); // and the map keeps most of the height

        static double Height(XElement text) => double.Parse(text.Attribute("transform")!.Value.Split('(', ' ', ')')[2], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Boxes_and_predicted_means_look_as_verified() => GoldenFile.Match(
        new Figure(new Panel(
            new Boxes([new(0, 1, 2, 3, 4), new(1, 1.5, 2, 2.2, 6)]) { Name = "control", Colour = Palette.Missing },
            new Boxes([new(1, 2, 3, 4, 5), new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)]) { Name = "perturbed" },
            new Points([0, 1], [3, 2]) { Name = "mean", Colour = Palette.At(1) })
        { X = new Axis { Categories = ["MYC", "KLF1"], ShowGrid = false } }).ToSvg(), "svg");

    [Fact]
    public void Two_and_three_sets_look_as_verified() => GoldenFile.Match(
        Plots.Venn([("measured", ["a", "b", "c"]), ("predicted", ["b", "c", "d", "e"])], "Pairs").ToSvg()
        + Plots.Venn([("one", ["a", "b", "c"]), ("two", ["b", "c", "d", "e"]), ("three", ["c", "e", "f", "g", "h"])]).ToSvg(), "svg");

    [Fact]
    public void Every_figure_is_well_formed_XML_whatever_its_labels()
    {
        const string Label = "<b>&\"'\u0001]]></text> \ud83e\uddec \ud800";
        var figure = Plots.Bar([Label, "b"], [1, -2], Label, Label) with { Title = Label };
        var texts = XDocument.Parse(figure.ToSvg()).Descendants(XName.Get("text", "http://www.w3.org/2000/svg")).Select(text => text.Value);
        Assert.Contains("<b>&\"'\ufffd]]></text> \ud83e\uddec \ufffd", texts);
    }

    [Fact]
    public void Points_above_the_limit_become_one_picture_and_below_it_none()
    {
        static string Svg(int points) => Plots.Scatter([.. Enumerable.Range(0, points).Select(i => (double)i)], [.. Enumerable.Range(0, points).Select(i => (double)(i % 97))]).ToSvg();
        Assert.DoesNotContain("<image", Svg(Figure.LargeScatter));
        Assert.Contains("<image", Svg(Figure.LargeScatter + 1));
    }

    [Fact]
    public void A_scatter_of_no_points_or_of_one_still_has_axes()
    {
        Assert.Contains("<text", Plots.Scatter([], []).ToSvg());
        Assert.DoesNotContain("NaN", Plots.Scatter([3], [double.PositiveInfinity]).ToSvg());
        Assert.DoesNotContain("NaN", Plots.LossCurve([]).ToSvg());
        Assert.DoesNotContain("NaN", Plots.Scatter([7, 7], [0, 0]).ToSvg());
    }

    [Fact]
    public void Marks_never_leave_the_figure()
    {
        var figure = new Figure(new Panel(new Line([0, 1], [0, 1e300])) { Y = new Axis { Range = (0, 1) } });
        var svg = XDocument.Parse(figure.ToSvg());
        var inner = svg.Root!.Elements().Single(element => element.Name.LocalName == "svg");
        Assert.Contains(inner.Elements(), element => element.Name.LocalName == "path");
    }
}
