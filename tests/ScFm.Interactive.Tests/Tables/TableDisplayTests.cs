using System.Text.Json;
using ScFm.Interactive.Tests.Golden;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Tests.Tables;

public sealed class TableDisplayTests
{
    private static readonly Table table = new(
        new TextColumn("cell type", ["B <b>&\"'", null, "T, \"CD4\"\nnaive"]),
        new IntegerColumn("cells", [342, 1_540, 7]),
        new NumberColumn("MAE", [0.12346, 0.2, double.NaN]),
        new BooleanColumn("kept", [true, false, true]),
        CategoryColumn.FromLabels("donor", ["a", "b", null]));

    [Fact]
    public void HTML_looks_as_verified() => GoldenFile.Match(table.View("Metrics <per> type", lowest: ["MAE"], highest: ["cells"]).ToHtml(), "html");

    [Fact]
    public void Text_looks_as_verified() => GoldenFile.Match(table.View("Metrics per type").ToString(), "txt");

    [Fact]
    public void The_first_twenty_rows_are_shown_and_the_others_counted()
    {
        var long1 = new Table(new IntegerColumn("i", [.. Enumerable.Range(0, 1_234).Select(i => (long)i)]));
        Assert.Contains("… 1,214 more rows", long1.ToHtml());
        Assert.Contains("… 1,214 more rows", long1.ToString());
        Assert.Equal(21, System.Text.RegularExpressions.Regex.Count(long1.ToHtml(), "<tr"));
        Assert.DoesNotContain("more rows", long1.View(rows: 1_234).ToHtml());
    }

    [Fact]
    public void CSV_quotes_what_RFC_4180_asks_for_and_keeps_numbers_in_full()
    {
        var exact = new Table(new NumberColumn("x", [0.1234567890123]), new TextColumn("a,b", ["say \"hi\"\nnow"]));
        Assert.Equal("x,\"a,b\"\n0.1234567890123,\"say \"\"hi\"\"\nnow\"\n", exact.ToCsv());
    }

    [Fact]
    public void JSON_holds_a_record_a_row_with_null_for_what_is_missing()
    {
        using var json = JsonDocument.Parse(table.ToJson());
        var rows = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(3, rows.Count);
        Assert.Equal(1_540, rows[1].GetProperty("cells").GetInt64());
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("cell type").ValueKind);
        Assert.Equal(JsonValueKind.Null, rows[2].GetProperty("MAE").ValueKind);
        Assert.DoesNotContain("<b>", table.ToJson());
    }

    [Fact]
    public void Each_ending_gets_its_format_and_another_is_named_in_the_error()
    {
        using var folder = new TemporaryFolder();
        foreach (var ending in new[] { "html", "csv", "tsv", "json" })
        {
            table.Save(folder.File($"table.{ending}"));
        }
        Assert.StartsWith("cell type\tcells\tMAE", File.ReadAllText(folder.File("table.tsv")));
        Assert.Contains(".xlsx", Assert.Throws<ArgumentException>(() => table.Save(folder.File("table.xlsx"))).Message);
        Assert.Equal(4, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Tiny_and_huge_numbers_keep_their_significant_digits()
    {
        var text = new Table(new NumberColumn("p", [1.23456e-12, 0.5]), new NumberColumn("n", [1.5e9, 2])).ToString();
        Assert.Contains("1.2346E-12", text);
        Assert.Contains("1.5E+09", text);
    }

    [Fact]
    public void An_empty_table_shows_its_header()
    {
        var empty = new Table(new TextColumn("gene", []));
        Assert.Contains("gene", empty.ToHtml());
        Assert.Equal("gene\n----", empty.ToString());
        Assert.Equal("[]", empty.ToJson());
    }
}
