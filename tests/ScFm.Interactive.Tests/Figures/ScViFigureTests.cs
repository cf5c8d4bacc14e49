using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tables;

namespace ScFm.Interactive.Tests.Figures;

public sealed class ScViFigureTests
{
    private static readonly Lazy<(AnnData Cells, ScViModel Model)> trained = new(() =>
    {
        var cells = AnnDataReader.Read(TestFolders.Sample).SelectGenes([.. Enumerable.Range(0, 30)]);
        cells = cells.SelectCells([.. Enumerable.Range(0, cells.CellCount).Where(cell => !cells.X.RowIndices(cell).IsEmpty)]);
        return (cells, ScViModel.Train(cells, new ScViOptions { Config = ScViConfig.Linear with { Latent = 6 }, Epochs = 1 }));
    });

    [Fact]
    public void Every_latent_variable_has_a_panel_of_its_most_moved_genes()
    {
        var (model, loadings) = (trained.Value.Model, trained.Value.Model.CentredLoadings());
        var figure = Plots.Loadings(model, genes: 2);
        Assert.Equal(["Z_0", "Z_1", "Z_2", "Z_3", "Z_4", "Z_5"], figure.Panels.Select(panel => panel.Title));
        var order = Enumerable.Range(0, 30).OrderByDescending(gene => loadings[gene, 3]).ToArray();
        int[] shown = [order[0], order[1], order[^2], order[^1]];
        Assert.Equal(shown.Select(gene => model.Genes.Names[gene]), figure.Panels[3].Y.Categories);
        Assert.Equal(shown.Select(gene => (double)loadings[gene, 3]), Assert.IsType<Bars>(Assert.Single(figure.Panels[3].Marks)).Values);
        Assert.Single(figure.Panels.Select(panel => panel.X.Range).Distinct());
    }

    [Fact]
    public void Differences_are_drawn_with_intervals_that_hold_both_ends()
    {
        var (cells, model) = trained.Value;
        var differences = DifferentialLoadings.Between(model, cells, new() { Column = "cell_type", Group = "B", Draws = 50 });
        var panel = Assert.Single(Plots.DifferentialLoadings(differences, genes: 7).Panels);
        var bars = Assert.IsType<Bars>(Assert.Single(panel.Marks));
        var wanted = ((TextColumn)differences.ToTable()["gene"]).Values[..7].ToArray();
        Assert.Equal(wanted.Order(), panel.Y.Categories!.Order());
        Assert.Equal(bars.Values.OrderDescending(), bars.Values);
        for (var i = 0; i < 7; i++)
        {
            var gene = differences.Genes.ToList().IndexOf(panel.Y.Categories![i]);
            Assert.True(bars.Values[i] - bars.Errors![i] <= differences.Low[gene] + 1e-12 && bars.Values[i] + bars.Errors[i] >= differences.High[gene] - 1e-12);
        }
    }
}
