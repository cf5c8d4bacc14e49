using ScFm.Model.Cells;
using ScFm.Model.Screens;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Perturbations;

namespace ScFm.Model.Tests.Screens;

/// <summary>Screens are read from labels, and what is wrong with them is said in a sentence that names it.</summary>
public sealed class ScreenReaderTests
{
    private static readonly ScreenOptions Few = new() { FewestCells = 2 };

    [Fact]
    public void Spellings_of_one_condition_are_one_and_all_are_reported()
    {
        var screen = ScreenReader.Read(LabelledCounts.Of(["ctrl", "ctrl", "NT", "ETS2+CEBPE", "CEBPE_ETS2", "MYC+ctrl", "MYC", null]), Few);
        Assert.Equal(["control", "MYC", "CEBPE+ETS2"], screen.Conditions.Select(condition => condition.ToString()));
        Assert.Equal([0, 0, 0, 2, 2, 1, 1], screen.ConditionOfCell);
        Assert.Equal(6, screen.Spellings!.RowCount);
        Assert.Equal(["NT", "ctrl", "MYC", "MYC+ctrl", "CEBPE_ETS2", "ETS2+CEBPE"], Enumerable.Range(0, 6).Select(screen.Spellings["spelling"].Text));
        Assert.Equal([1, 2, 1, 1, 1, 1], ((IntegerColumn)screen.Spellings["cells"]).Values.ToArray());
        Assert.Contains(screen.Notes, note => note.Contains("1 cells are left out: the column 'perturbation' says nothing of them", StringComparison.Ordinal));
        Assert.Equal(7, screen.Counts.CellCount);
    }

    [Fact]
    public void Expression_is_scaled_by_all_counts_of_a_cell_or_by_its_depth()
    {
        var cells = LabelledCounts.Of(LabelledCounts.Times(2, "ctrl", "MYC"));
        Assert.Equal(Math.Log(1 + 4 / 21.0 * 1e4), ScreenReader.Read(cells, Few).Expression.RowValues(0)[3], 5);
        cells.Obs = cells.Obs.With(new IntegerColumn("depth", [1000, 100, 100, 100]));
        var screen = ScreenReader.Read(cells, Few with { Depth = "depth" });
        Assert.Equal(Math.Log(1 + 4 / 1000.0 * 1e4), screen.Expression.RowValues(0)[3], 5);
        Assert.Equal([1000.0, 100, 100, 100], screen.Depths!);
        cells.Obs = cells.Obs.With(new NumberColumn("depth", [1000, 0, 100, 100]));
        Assert.Contains("depth of the cell 'cell-1' is 0", Assert.Throws<InvalidDataException>(() => ScreenReader.Read(cells, Few with { Depth = "depth" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_was_not_measured_is_named_with_genes_that_are_spelt_alike()
    {
        var cells = LabelledCounts.Of(LabelledCounts.Times(2, "ctrl", "CEPBE", "MYC", "IFN beta"));
        var error = Assert.Throws<InvalidDataException>(() => ScreenReader.Read(cells, Few));
        Assert.Contains("'CEPBE', 'IFN beta' were perturbed and are no genes of the screen", error.Message, StringComparison.Ordinal);
        Assert.Contains("most alike to 'CEPBE' is 'CEBPE'", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, ScreenReader.Read(cells, Few with { Unmeasured = UnmeasuredTargets.Keep }).Conditions.Count);
        var without = ScreenReader.Read(cells, Few with { Unmeasured = UnmeasuredTargets.LeaveOut });
        Assert.Equal(["control", "MYC"], without.Conditions.Select(condition => condition.ToString()));
        Assert.Contains(without.Notes, note => note.Contains("4 cells are left out: their targets are no genes", StringComparison.Ordinal));
    }

    [Fact]
    public void Cells_without_controls_are_refused_with_the_labels_that_there_are()
    {
        var cells = LabelledCounts.Of(LabelledCounts.Times(2, "parental", "MYC"));
        Assert.Contains("names no control cells: it has 'parental', 'MYC'; expected some that are called ctrl", Assert.Throws<InvalidDataException>(() => ScreenReader.Read(cells, Few)).Message, StringComparison.Ordinal);
        Assert.Equal(2, ScreenReader.Read(cells, Few with { Controls = ["parental"] }).ControlCells(0).Length);
    }

    [Fact]
    public void Control_cells_alone_are_refused() => Assert.Contains("names control cells only",
        Assert.Throws<InvalidDataException>(() => ScreenReader.Read(LabelledCounts.Of(LabelledCounts.Times(2, "ctrl", "NT")), Few)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_column_that_is_not_there_is_named_with_those_that_are() => Assert.Contains("The column of perturbations is 'guide', but the cells have perturbation",
        Assert.Throws<InvalidDataException>(() => ScreenReader.Read(LabelledCounts.Of(["ctrl"]), Few with { Column = "guide" })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_context_without_control_cells_and_a_condition_with_few_cells_are_left_out_and_said()
    {
        string[] labels = [.. LabelledCounts.Times(3, "ctrl", "MYC"), "KLF1", .. LabelledCounts.Times(3, "MYC")];
        var screen = ScreenReader.Read(LabelledCounts.Of(labels, [.. Enumerable.Repeat("B", 7), "T", "T", "T"]), Few with { Context = "type" });
        Assert.Equal(["B"], screen.Contexts);
        Assert.Equal(6, screen.Counts.CellCount);
        Assert.Contains(screen.Notes, note => note.Contains("'T' have no control cells", StringComparison.Ordinal));
        Assert.Contains(screen.Notes, note => note.Contains("of 'KLF1 in B' there are fewer than 2", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_many_genes_those_that_vary_are_predicted_and_all_that_were_perturbed()
    {
        var cells = SimulatedPerturbations.Make(cells: 5).Cells;
        var screen = ScreenReader.Read(cells, new() { MostGenes = 10 });
        Assert.InRange(screen.Genes.Count, 12, 22);
        Assert.Subset(screen.Genes.ToHashSet(), screen.Targets.ToHashSet());
        Assert.Equal(120, screen.Counts.GeneCount);
        Assert.Null(screen.Depths);
        var gene = Array.IndexOf(cells.VarNames, screen.Genes[^1]);
        Assert.Equal(ScreenReader.Read(cells).Values([7], gene), screen.Values([7], screen.Genes.Count - 1));
    }

    [Fact]
    public void A_model_s_genes_are_taken_in_its_order_and_control_cells_are_enough_to_start_from()
    {
        var cells = LabelledCounts.Of(LabelledCounts.Times(2, "ctrl"));
        var screen = ScreenReader.Read(cells, Few with { Genes = ["G1", "MYC"], AllowsControlAlone = true });
        Assert.Equal(["G1", "MYC"], screen.Genes);
        Assert.Equal([Math.Log(1 + 5 / 21.0 * 1e4), Math.Log(1 + 4 / 21.0 * 1e4)], screen.ControlMean(0).Select(value => (double)value), (one, other) => Math.Abs(one - other) < 1e-5);
        Assert.Contains("lack 1 of the 2 genes that are asked for ('NONE')", Assert.Throws<InvalidDataException>(() => ScreenReader.Read(cells, Few with { Genes = ["G1", "NONE"], AllowsControlAlone = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_screen_of_thp1_is_read_with_its_20_targets()
    {
        var cells = AnnDataReader.Read(TestFolders.Real("thp1-perturb"));
        var error = Assert.Throws<InvalidDataException>(() => ScreenReader.Read(cells));
        Assert.Contains("'ATF2', 'BRD4', 'CAV1'", error.Message, StringComparison.Ordinal);
        var screen = ScreenReader.Read(cells, new() { Depth = "n_umis_all_genes", Unmeasured = UnmeasuredTargets.Keep });
        Assert.Equal(21, screen.Conditions.Count);
        Assert.Equal(2386, screen.ControlCells(0).Length);
        Assert.Equal(20, screen.Groups.Count);
        Assert.True(screen.Change(screen.Groups.First(group => screen.NameOf(group) == "STAT1"))[Array.IndexOf([.. screen.Genes], "STAT1")] < -0.1); // which was knocked out
    }
}
