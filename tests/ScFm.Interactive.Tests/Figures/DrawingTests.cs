using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Drawing;
using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Tests.Figures;

public sealed class DrawingTests
{
    [Theory]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-3, 3, 6, "−3 −2 −1 0 1 2 3")]
    [InlineData(0, 40_000, 4, "0 10,000 20,000 30,000 40,000")]
    [InlineData(0.12, 0.58, 4, "0.2 0.3 0.4 0.5")]
    [InlineData(0, 3e9, 3, "0e0 1e9 2e9 3e9")]
    public void Ticks_stand_on_round_numbers(double least, double greatest, int wanted, string expected) =>
        Assert.Equal(expected, string.Join(' ', Ticks.Round((least, greatest), wanted).Labels));

    [Fact]
    public void Ticks_lie_inside_the_range_and_are_about_as_many_as_wanted()
    {
        var random = new Random(5);
        for (var i = 0; i < 1_000; i++)
        {
            var least = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 6));
            var range = (least, least + Math.Pow(10, random.NextDouble() * 8 - 3));
            var ticks = Ticks.Round(range, 6).Values;
            // The round step is off what was asked for by a factor of 1.58 at most, the root of 5/2.
            Assert.InRange(ticks.Count, 3, 10);
            Assert.All(ticks, tick => Assert.InRange(tick, range.Item1 - 1e-9 * Math.Abs(range.Item1), range.Item2 + 1e-9 * Math.Abs(range.Item2)));
        }
    }

    [Fact]
    public void A_PNG_file_holds_the_pixels_it_was_given()
    {
        byte[] pixels = [255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 0, 9, 8, 7, 6, 1, 2, 3, 4, 5, 6, 7, 8];
        var png = PngEncoder.Encode(3, 2, pixels);
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], png[..8]);
        // IEND's checksum is the same in every PNG file (specification, section 11.2.5).
        Assert.Equal([0xae, 0x42, 0x60, 0x82], png[^4..]);
        Assert.Equal((3, 2), (Png.Read(png).Width, Png.Read(png).Height));
        Assert.Equal(pixels, Png.Read(png).Pixels);
    }

    [Fact]
    public void A_heat_map_has_a_pixel_a_value_in_the_colour_of_its_scale()
    {
        var png = HeatMapRaster.Draw(new HeatMap(2, 2, [-1, 1, 0, float.NaN]) { Scale = ColourScale.BlueWhiteRed });
        Assert.Equal(
            new[] { "#2166ac", "#b2182b", "#f7f7f7", Palette.Missing.ToString() },
            Png.Read(png).Pixels.Chunk(4).Select(pixel => new Colour(pixel[0], pixel[1], pixel[2]).ToString()));
    }

    [Fact]
    public void A_raster_shows_each_point_where_it_lies()
    {
        // 5,001 points in the lower left corner and one in the upper right.
        double[] places = [.. Enumerable.Repeat(0.0, Figure.LargeScatter + 1), 1];
        var frame = FigureLayout.Arrange(Plots.Scatter(places, places)).Single();
        var (width, height, pixels) = Png.Read(PointRaster.Draw(frame));
        var painted = Enumerable.Range(0, width * height).Where(i => pixels[i * 4 + 3] > 0).ToList();
        bool Near(int i, double x, double y) =>
            Math.Abs(i % width / 2.0 + frame.Plot.Left - frame.X.At(x)) < 3 && Math.Abs(i / width / 2.0 + frame.Plot.Top - frame.Y.At(y)) < 3;
        Assert.Contains(painted, i => Near(i, 0, 0));
        Assert.Contains(painted, i => Near(i, 1, 1));
        Assert.All(painted, i => Assert.True(Near(i, 0, 0) || Near(i, 1, 1)));
    }

    [Fact]
    public void High_values_lie_on_top_and_missing_ones_below()
    {
        var points = new Points([0, 1, 2, 3], [0, 0, 0, 0]) { Values = [5, double.NaN, 1, 9] };
        Assert.Equal([1, 2, 0, 3], SvgMarks.ByColour(points).SelectMany(step => step.Members));
    }

    [Fact]
    public void The_legend_lists_clusters_by_number_while_the_largest_is_drawn_first()
    {
        var panel = Plots.Scatter([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6], ["10", "2", "10", "10", "2", "1"]).Panels[0];
        Assert.Equal(["1", "2", "10"], panel.Legend.Select(mark => mark.Name));
        Assert.Equal(["10", "2", "1"], panel.Marks.Select(mark => mark.Name));
    }

    [Fact]
    public void Names_on_a_map_do_not_overlap()
    {
        string[] labels = ["CD14+ Monocyte", "FCGR3A+ Monocyte", "Dendritic", "far"];
        var figure = Plots.Scatter([0, 0, 0.1, 9], [5, 5.01, 5.02, 0], labels);
        var frame = FigureLayout.Arrange(figure)[0];
        var texts = LabelPlacement.Name(frame, [.. figure.Panels[0].Marks.OfType<Points>()]);
        var rows = Enumerable.Range(0, 4).Where(i => texts.Labels[i] != "far").Select(i => frame.Y.At(texts.Y[i])).Order().ToArray();
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(pair.Second - pair.First > 15, $"{pair}")); // a line of text is 16 pixels high
        // The clusters at the left edge are named inside the plot.
        Assert.All(Enumerable.Range(0, 4), i => Assert.True(frame.X.At(texts.X[i]) - TextMetrics.Width(texts.Labels[i], 12) / 2 >= frame.Plot.Left));
    }

    [Fact]
    public void Each_pair_of_the_palettes_first_eight_stays_apart_for_readers_with_deuteranopia()
    {
        var seen = Enumerable.Range(0, 8).Select(i => Deuteranope(Palette.At(i))).ToList();
        foreach (var (i, j) in from i in Enumerable.Range(0, 8) from j in Enumerable.Range(0, i) select (i, j))
        {
            var distance = Math.Sqrt(seen[i].Zip(seen[j], (a, b) => (a - b) * (a - b)).Sum());
            Assert.True(distance > 20, $"{Palette.At(i)} and {Palette.At(j)} are {distance:F0} apart");
        }
    }

    [Fact]
    public void The_palette_has_at_least_twenty_distinct_colours_and_goes_on_after_them() =>
        Assert.Equal(2 * Palette.Count, Enumerable.Range(0, 2 * Palette.Count).Select(Palette.At).Append(Palette.At(0)).Distinct().Count());

    // Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB; the result in steps of 255.
    private static double[] Deuteranope(Colour colour)
    {
        static double Linear(byte channel) => Math.Pow(channel / 255.0, 2.2);
        var (r, g, b) = (Linear(colour.Red), Linear(colour.Green), Linear(colour.Blue));
        double[] mixed = [0.367322 * r + 0.860646 * g - 0.227968 * b, 0.280085 * r + 0.672501 * g + 0.047413 * b, -0.011820 * r + 0.042940 * g + 0.968881 * b];
        return [.. mixed.Select(channel => 255 * Math.Pow(Math.Clamp(channel, 0, 1), 1 / 2.2))];
    }
}
