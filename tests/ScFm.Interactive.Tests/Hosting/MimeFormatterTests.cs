using System.Globalization;
using System.Text.Json.Nodes;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Hosting;
using ScFm.Model.Cells;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Tests.Hosting;

public sealed class MimeFormatterTests
{
    private sealed record Score(string Name, double Value, int Cells);

    private sealed class ShowsItself
    {
        public string ToHtml() => "<i>itself</i>";

        public override string ToString() => "itself";
    }

    private sealed class Fails
    {
        public string ToHtml() => throw new InvalidOperationException("no picture");
    }

    private class Registered;

    private sealed class Derived : Registered;

    private static string? Text(object? value) => MimeFormatter.Format(value).Data["text/plain"] as string;

    private static string? Html(object? value) => MimeFormatter.Format(value).Data.TryGetValue("text/html", out var html) ? (string)html : null;

    [Fact]
    public void A_figure_comes_as_HTML_plotly_JSON_SVG_and_text()
    {
        var data = MimeFormatter.Format(Plots.Scatter([1, 2], [2, 1], title: "Two")).Data;
        Assert.Equal(["application/vnd.plotly.v1+json", "image/svg+xml", "text/html", "text/plain"], data.Keys.Order(StringComparer.Ordinal));
        Assert.IsType<JsonObject>(data["application/vnd.plotly.v1+json"]);
        Assert.Equal("Two: 2 points", data["text/plain"]);
        Assert.Equal(Plots.Scatter([1, 2], [2, 1], title: "Two").ToHtml(), data["text/html"]);
    }

    [Fact]
    public void A_large_picture_is_not_stored_twice()
    {
        var random = new Random(0);
        double[] numbers = [.. Enumerable.Range(0, 60_000).Select(_ => random.NextDouble())];
        var figure = new Figure(new Panel(new ScFm.Interactive.Figures.Marks.Line(numbers, numbers)));
        Assert.DoesNotContain("image/svg+xml", MimeFormatter.Format(figure).Data.Keys);
    }

    [Theory]
    [InlineData(null, "null")]
    [InlineData("text <b>", "text <b>")]
    [InlineData(1.5, "1.5")]
    [InlineData(true, "true")]
    public void Plain_values_are_text_only(object? value, string expected)
    {
        Assert.Equal(expected, Text(value));
        Assert.Null(Html(value));
    }

    [Fact]
    public void Numbers_are_written_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal("2.5", Text(2.5m));
            Assert.Equal("[0.5, 1.5]", Text(new[] { 0.5, 1.5 }));
            Assert.Contains("0.25", Html(new[] { new Score("a", 0.25, 1) }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_sequence_of_records_is_a_table_with_escaped_texts()
    {
        Score[] scores = [new("<b>", 0.5, 10), new("NK", double.NaN, 2)];
        Assert.Contains(">&lt;b&gt;</td>", Html(scores));
        Assert.Contains("Name  Value  Cells", Text(scores));
    }

    [Fact]
    public void A_record_lists_its_properties_and_a_dictionary_its_pairs()
    {
        Assert.Contains(">Value</td>", Html(new Score("a", 0.5, 1)));
        Assert.Contains(">0.5</td>", Html(new Score("a", 0.5, 1)));
        Assert.Contains(">NK</td>", Html(new Dictionary<string, int> { ["NK"] = 3 }));
    }

    [Fact]
    public void Long_sequences_are_cut_and_the_rest_counted() =>
        Assert.EndsWith("19, … 80 more]", Text(Enumerable.Range(0, 100).ToArray()));

    [Fact]
    public void An_object_with_ToHtml_shows_itself_and_its_errors_are_its_own()
    {
        Assert.Equal("<i>itself</i>", Html(new ShowsItself()));
        Assert.Equal("itself", Text(new ShowsItself()));
        Assert.Equal("no picture", Assert.Throws<InvalidOperationException>(() => Html(new Fails())).Message);
    }

    [Fact]
    public void A_registered_type_and_those_derived_from_it_use_its_writer()
    {
        MimeFormatter.Register<Registered>(_ => "<b>registered</b>", _ => "registered");
        Assert.Equal("<b>registered</b>", Html(new Derived()));
        Assert.Equal("registered", Text(new Derived()));
    }

    [Fact]
    public void An_exception_tells_its_causes() =>
        Assert.Equal("InvalidOperationException: outer\ncaused by FormatException: inner", Text(new InvalidOperationException("outer", new FormatException("inner"))));

    [Fact]
    public void Cells_tell_their_size_depth_and_parts()
    {
        var cells = new AnnData(
            new CsrMatrix(3, 4, [0, 2, 3, 6], [0, 1, 3, 0, 1, 2], [1, 2, 5, 1, 1, 2]), ["a", "b", "c"], ["A", "B", "C", "D"],
            new Table(CategoryColumn.FromLabels("type", ["<T>", "B", "B"])));
        cells.Obsm["X_pca"] = new DenseMatrix(3, 2);
        cells.Uns["title"] = "demo";
        Assert.Equal(
            """
            3 cells × 4 genes
            a cell (median): sum 4, 2 expressed genes; 50.0% of the matrix is not zero
                obs    type   2 labels: <T>, B
                obsm   X_pca  3 × 2
                uns    title  String
            """.ReplaceLineEndings("\n"), Text(cells));
        Assert.Contains("&lt;T&gt;, B", Html(cells));
        Assert.DoesNotContain("<T>", Html(cells));
    }

    [Fact]
    public void A_bundle_passes_as_it_is()
    {
        var bundle = new MimeBundle(new Dictionary<string, object> { ["text/markdown"] = "*x*" });
        Assert.Same(bundle, MimeFormatter.Format(bundle));
    }
}
