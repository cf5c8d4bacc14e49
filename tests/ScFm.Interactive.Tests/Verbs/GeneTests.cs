using System.Globalization;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Marks;
using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.GeneSets;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class GeneTests(FewCells few) : IClassFixture<FewCells>
{
    [Theory]
    [InlineData("seurat", "dispersions_norm")]
    [InlineData("cell_ranger", "dispersions_norm")]
    [InlineData("seurat_v3", "variances_norm")]
    public void Variable_genes_are_told_drawn_and_kept_in_var(string flavour, string measure)
    {
        var notebook = few.Notebook();

        notebook.Run($"variable-genes --count 30 --flavour {flavour} --into genes");

        var table = (Table)notebook["genes"]!;
        var var = ((AnnData)notebook["cells"]!).Var;
        Assert.Equal(30, ((BooleanColumn)var["highly_variable"]).Values.ToArray().Count(one => one));
        Assert.NotNull(var.Find(measure));
        Assert.True(((BooleanColumn)table["highly_variable"]).Values[29] && !((BooleanColumn)table["highly_variable"]).Values[30]);
        Assert.Contains(notebook.Shown, shown => ((string)shown.Data["text/html"]).Contains("30 of ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_planted_set_is_found_in_a_table_and_in_a_file_of_it()
    {
        using var folder = new TemporaryFolder();
        var sets = folder.Write("sets.gmt", $"TOP\t\t{Genes(0, 20)}\nREST\t\t{Genes(100, 40)}\n");
        var ranking = Ranking();
        var notebook = new VerbNotebook { ["loadings"] = ranking };

        notebook.Run($"enrich --ranking loadings --sets \"{sets}\" --column Z_1");

        var found = (Table)notebook["enrichment"]!;
        Assert.Equal("TOP", found["set"].Text(0));
        Assert.True(((NumberColumn)found["NES"]).Values[0] > 1.5 && ((NumberColumn)found["p_value"]).Values[0] < 0.01);
        Assert.Contains(notebook.Shown, shown => ((string)shown.Data["text/html"]).Contains("NES ", StringComparison.Ordinal));

        Assert.Equal(0, VerbCommands.RunCommandLine(["enrich", "--ranking", folder.Write("loadings.csv", ranking.ToCsv()), "--sets", sets, "--column", "Z_1"]));
        Assert.Contains("2 columns of numbers (Z_0, Z_1)", Assert.Throws<VerbException>(() => notebook.Run($"enrich --ranking loadings --sets \"{sets}\"")).Message);
        Assert.Contains("'Z_9'", Assert.Throws<VerbException>(() => notebook.Run($"enrich --ranking loadings --sets \"{sets}\" --column Z_9")).Message);
    }

    [Fact]
    public void The_figure_of_a_running_sum_has_its_corners_and_a_tick_a_gene()
    {
        var ranking = Ranking();
        var set = new GeneSet("TOP", "", Genes(0, 20).Split('\t'));
        var report = Prerank.Run([.. ((TextColumn)ranking["gene"]).Values!], ((NumberColumn)ranking["Z_1"]).Values.ToArray(), [set]);

        var lines = Plots.RunningSum(report, "TOP").Panels[0].Marks.OfType<Line>().ToArray();

        Assert.Equal("TOP", Plots.RunningSum(report, "TOP").Title);
        Assert.Equal(report["TOP"].Score, lines[1].Y.Max(), 1e-12);
        Assert.Equal(0, lines[1].Y[^1], 1e-9);
        Assert.Equal(report["TOP"].Places.Select(place => place + 1.0), lines[2].X.Where((_, i) => i % 3 == 0));
    }

    private static string Genes(int from, int count) => string.Join('\t', Enumerable.Range(from, count).Select(i => $"G{i}"));

    private static Table Ranking()
    {
        var random = new Random(1);
        return new Table(
            new TextColumn("gene", [.. Enumerable.Range(0, 300).Select(i => "G" + i.ToString(CultureInfo.InvariantCulture))]),
            new NumberColumn("Z_0", [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble() - 0.5)]),
            new NumberColumn("Z_1", [.. Enumerable.Range(0, 300).Select(i => (i < 20 ? 1 : 0) + random.NextDouble() - 0.5)]));
    }
}
