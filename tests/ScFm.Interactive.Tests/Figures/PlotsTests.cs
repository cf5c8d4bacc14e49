using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Drawing;
using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Cells;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Perturbations;

namespace ScFm.Interactive.Tests.Figures;

public sealed class PlotsTests
{
    // Three cells: counts of two genes, library sizes 4, 10 and 0.
    private static AnnData Cells()
    {
        var cells = new AnnData(
            new CsrMatrix(3, 2, [0, 2, 3, 3], [0, 1, 1], [1, 3, 10]), ["a", "b", "c"], ["CD3E", "MS4A1"],
            new Table(CategoryColumn.FromLabels("type", ["T", "B", null]), new NumberColumn("depth", [4, 10, double.NaN])));
        cells.Obsm["X_umap"] = new DenseMatrix(3, 2, [0, 0, 1, 2, 3, 4]);
        return cells;
    }

    [Fact]
    public void A_gene_of_counts_is_coloured_by_log1p_of_counts_per_ten_thousand()
    {
        var points = Plots.Embedding(Cells(), "MS4A1").Panels[0].Marks.OfType<Points>().Single();
        Assert.Equal([Math.Log(1 + 3 / 4.0 * 10_000), Math.Log(10_001), 0], points.Values!);
        Assert.Equal("log1p(CP10k)", points.ScaleTitle);
        Assert.Equal([0, 1, 3], points.X);
        Assert.Equal([0, 2, 4], points.Y);
    }

    [Fact]
    public void A_column_of_labels_gives_a_mark_a_label_and_names_on_the_map()
    {
        var marks = Plots.Embedding(Cells(), "type").Panels[0].Marks;
        Assert.Equal(["(missing)", "B", "T"], marks.OfType<Points>().Select(mark => mark.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["B", "T"], marks.OfType<Texts>().Single().Labels);
        Assert.Equal(Palette.Missing, marks.OfType<Points>().Single(mark => mark.Name == "(missing)").Colour);
    }

    [Fact]
    public void A_column_of_numbers_wins_over_a_gene_and_keeps_its_gaps() =>
        Assert.Equal([4, 10, double.NaN], Plots.Embedding(Cells(), "depth").Panels[0].Marks.OfType<Points>().Single().Values!);

    [Fact]
    public void An_unknown_colour_or_basis_is_named_with_what_there_is()
    {
        var colour = Assert.Throws<ArgumentException>(() => Plots.Embedding(Cells(), "ms4"));
        Assert.Contains("'ms4'", colour.Message);
        Assert.Contains("MS4A1", colour.Message);
        Assert.Contains("type, depth", colour.Message);
        var basis = Assert.Throws<ArgumentException>(() => Plots.Embedding(Cells(), "type", "X_tsne"));
        Assert.Contains("X_tsne", basis.Message);
        Assert.Contains("X_umap", basis.Message);
    }

    [Fact]
    public void A_scaling_law_is_a_straight_line_on_two_logarithmic_axes()
    {
        var law = new PowerLaw(50, 0.2, 0);
        double[] flops = [1e9, 1e10, 1e11, 1e12];
        var run = new ScalingLawRun { Name = "tiny", Parameters = 1, Steps = 1, Flops = flops, Losses = [.. flops.Select(law.At)], Identity = "" };
        var figure = Plots.ScalingLaw(ScalingLawReport.Of([run], 0));
        var panel = figure.Panels[0];
        Assert.True(panel.X.Logarithmic && panel.Y.Logarithmic);
        Assert.Equal("L(C) = 50 C^-0.200", panel.Title);
        var frame = FigureLayout.Arrange(figure)[0];
        double[] x = [.. flops.Select(frame.X.At)], y = [.. flops.Select(c => frame.Y.At(law.At(c)))];
        for (var i = 1; i < 4; i++)
        {
            Assert.Equal(x[1] - x[0], x[i] - x[i - 1], 1e-6);
            Assert.Equal(y[1] - y[0], y[i] - y[i - 1], 1e-3); // the fit's own rounding
        }
        Assert.Equal(["10⁹", "10¹⁰", "10¹¹", "10¹²", "10¹³"], frame.XTicks.Labels);
        Assert.Equal([1e9, 1e13], new[] { frame.XTicks.Values[0], frame.XTicks.Values[^1] });
        Assert.Contains("\"type\":\"log\"", figure.ToJson().Replace(" ", ""));
        Assert.Contains("10¹²", figure.ToSvg());
    }

    [Fact]
    public void Before_and_after_share_their_axes_and_tell_their_error()
    {
        var figure = Plots.BeforeAfter([0, 1, 2, 3], [0, 0, 0, 3], [0, 1, 2, 4]);
        Assert.Equal(figure.Panels[0].X.Range, figure.Panels[1].Y.Range);
        Assert.Equal("downsampled: r = 0.775, MAE = 0.750", figure.Panels[0].Title);
        Assert.Equal("enhanced: r = 0.983, MAE = 0.250", figure.Panels[1].Title);
    }

    [Fact]
    public void An_embedding_heat_map_sorts_cells_by_label_and_standardises_each_dimension()
    {
        var embedding = new DenseMatrix(4, 2, [1, 5, 2, 5, 3, 5, 4, 5]);
        var panel = Plots.EmbeddingHeatMap(embedding, ["b", "a", "b", "a"]).Panels[0];
        var map = panel.Marks.OfType<HeatMap>().Single();
        var deviation = Math.Sqrt(5.0 / 3);
        float[] expected = [(float)(-0.5 / deviation), 0, (float)(1.5 / deviation), 0, (float)(-1.5 / deviation), 0, (float)(0.5 / deviation), 0];
        Assert.Equal(expected, map.Values);
        Assert.Equal([("a", 0, 2), ("b", 2, 4)], panel.Y.Bands!.Select(band => (band.Label, (int)band.From, (int)band.To)));
    }

    [Fact]
    public void A_heat_map_of_many_cells_averages_neighbours_and_says_so()
    {
        var embedding = new DenseMatrix(1_000, 1, [.. Enumerable.Range(0, 1_000).Select(i => (float)i)]);
        var panel = Plots.EmbeddingHeatMap(embedding, [.. Enumerable.Range(0, 1_000).Select(i => i < 500 ? "a" : "b")]).Panels[0];
        Assert.InRange(panel.Marks.OfType<HeatMap>().Single().Rows, 300, 400);
        Assert.Contains("mean of 3 cells", panel.X.Title);
    }

    [Fact]
    public void A_loss_curve_of_any_length_keeps_its_mean_and_last_step()
    {
        var points = Enumerable.Range(1, 12_345).Select(i => new LossPoint(i, i % 2, i == 12_345 ? 0.5 : double.NaN)).ToList();
        var lines = Plots.LossCurve(points, [("zero", 1.1)]).Panels[0].Marks.OfType<Line>().ToList();
        var batches = lines.Single(line => line.Name is null);
        Assert.InRange(batches.X.Count, 500, 1_000);
        Assert.Equal(12_345, batches.X[^1]);
        Assert.Equal(0.5, batches.Y.Average(), 2);
        Assert.Equal([0.5], lines.Single(line => line.Name == "validation").Y);
        Assert.Equal([1.1, 1.1], lines.Single(line => line.Name == "zero").Y);
    }

    [Fact]
    public void Columns_of_a_table_become_points_lines_and_bars()
    {
        var table = new Table(new TextColumn("type", ["B", "T"]), new IntegerColumn("cells", [3, 4]), new NumberColumn("MAE", [0.5, 0.25]));
        Assert.Equal([0.5, 0.25], Plots.Scatter(table, "cells", "MAE").Panels[0].Marks.OfType<Points>().Single().Y);
        Assert.Equal([3, 4], Plots.Line(table, "cells", "MAE").Panels[0].Marks.OfType<Line>().Single().X);
        var bars = Plots.Bar(table, "type", "cells", "MAE").Panels[0];
        Assert.Equal(["B", "T"], bars.X.Categories!);
        Assert.Equal(["cells", "MAE"], bars.Legend.Select(mark => mark.Name));
        Assert.Contains("'type' is a TextColumn; expected numbers", Assert.Throws<ArgumentException>(() => Plots.Scatter(table, "type", "MAE")).Message);
    }

    [Fact]
    public void Lengths_that_differ_are_told() =>
        Assert.Contains("2 values; expected 3", Assert.Throws<ArgumentException>(() => Plots.Scatter([1, 2, 3], [1, 2])).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Pairs_are_shown_of_one_method_or_two(int methods)
    {
        string[] names = [.. Enumerable.Range(0, methods).Select(i => $"method {i}")];
        var error = Assert.Throws<ArgumentException>(() => Plots.InteractionVenn(new GeneticInteractions([], []), names));
        Assert.Equal($"The picture was asked for {methods} methods; expected 1 or 2.", error.Message);
    }
}
