using System.Text.Json;
using ScFm.Interactive.Figures;
using ScFm.Interactive.Figures.Marks;
using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Models.Gears;
using ScFm.Model.Tables;
using ScFm.Model.Screens;
using ScFm.Model.Tasks.Perturbations;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class PerturbationTests : IDisposable
{
    private const string Small = "--options epochs=1,config.width=8";

    private readonly TemporaryFolder folder = new();
    private readonly VerbNotebook notebook = new();

    public PerturbationTests() => notebook["cells"] = SimulatedPerturbations.Make(cells: 8).Cells;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_screen_is_predicted_by_every_method_and_reported()
    {
        notebook.Run($"perturb compare --seeds 1 --gears epochs=1,config.width=8 --folder \"{folder.File("out")}\"");
        var study = (PerturbationStudy)notebook["study"]!;
        Assert.Equal(["no change", "mean of perturbations", "additive", "linear", "GEARS"], study.Methods);
        var report = JsonDocument.Parse(File.ReadAllText(folder.File("out", "perturbation.json"))).RootElement;
        Assert.Equal(5, report.GetProperty("outcomes").GetArrayLength());
        var page = File.ReadAllText(folder.File("out", "perturbation.html"));
        Assert.All(["How labels were read", "A1+ctrl", "Interactions of pairs", "Welch", "2/2 seen", "GEARS has no gene sets: nothing tells it how an unseen target is like another."], part => Assert.Contains(part, page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_strongest_pairs_of_two_methods_that_learn_are_shown_in_one_picture()
    {
        var targets = ((Model.Cells.AnnData)notebook["cells"]!).VarNames;
        var vectors = folder.Write("scgpt.csv", string.Join('\n', targets.Select((gene, i) => $"{gene},{i % 7},{i % 3}")));
        notebook.Run($"perturb compare --seeds 1 --vectors \"{vectors}\" --gears epochs=1,config.width=8 --folder \"{folder.File("out")}\"");
        var study = (PerturbationStudy)notebook["study"]!;
        Assert.Equal(["linear, scgpt", "GEARS"], study.Learners);
        var (discs, one) = (Plots.InteractionVenn(GeneticInteractions.Of(study), "linear, scgpt", "GEARS"), Plots.InteractionVenn(GeneticInteractions.Of(study), "GEARS"));
        Assert.Contains("linear, scgpt", discs.ToSvg(), StringComparison.Ordinal);
        Assert.All(discs.Panels, panel => Assert.Equal(3, panel.Marks.OfType<Discs>().Single().X.Count));
        Assert.All(one.Panels, panel => Assert.Equal(2, panel.Marks.OfType<Discs>().Single().X.Count));
    }

    [Fact]
    public void Targets_are_left_out_in_turn_without_the_network()
    {
        notebook.Run($"perturb compare --simple --seeds 1 --leave-out A1,C2 --folder \"{folder.File("out")}\"");
        Assert.Equal(["without A1", "without C2"], ((PerturbationStudy)notebook["study"]!).Outcomes.Select(outcome => outcome.Split).Distinct());
    }

    [Fact]
    public void A_trained_network_is_asked_about_new_perturbations_and_kept_in_a_file()
    {
        notebook.Run($"perturb train {Small}");
        var model = Assert.IsType<GearsModel>(notebook["model"]);
        notebook.Run("perturb --perturbations \"A1+B1+C1,G30\" --top 3");
        var predicted = (Table)notebook["predicted"]!;
        Assert.Equal(["A1+B1+C1", "A1+B1+C1", "A1+B1+C1", "G30", "G30", "G30"], Enumerable.Range(0, 6).Select(predicted["perturbation"].Text));
        model.Save(folder.File("gears.safetensors"));
        notebook["again"] = Model.Tasks.ModelFiles.Open(folder.File("gears.safetensors"));
        notebook.Run("perturb --model again --perturbations \"A1+B1+C1,G30\" --top 3 --into same");
        Assert.Equal(predicted.View().ToString(), ((Table)notebook["same"]!).View().ToString());
        Assert.Contains("knows no perturbation 'A9', and the most alike is 'A1' or 'A2'", Assert.Throws<VerbException>(() => notebook.Run("perturb --perturbations A9")).Message, StringComparison.Ordinal);
        Assert.Contains("'ctrl' is a control", Assert.Throws<VerbException>(() => notebook.Run("perturb --perturbations ctrl")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Interactions_of_all_pairs_come_as_a_table_the_strongest_first()
    {
        notebook.Run("perturb interactions --genes 40");
        var table = (Table)notebook["interactions"]!;
        Assert.Equal(66, table.RowCount);
        var magnitudes = ((NumberColumn)table["magnitude"]).Values.ToArray();
        Assert.Equal(magnitudes.OrderDescending(), magnitudes);
    }

    [Fact]
    public void An_option_of_the_network_that_is_unknown_is_named() =>
        Assert.Contains("The options of GEARS", Assert.Throws<VerbException>(() => notebook.Run("perturb train --options depth=3")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_column_without_controls_is_told_in_a_sentence()
    {
        notebook.Run("perturb interactions --genes 40");
        var cells = (Model.Cells.AnnData)notebook["cells"]!;
        notebook["treated"] = cells.SelectCells([.. Enumerable.Range(40, 20)]);
        Assert.Contains("names no control cells", Assert.Throws<VerbException>(() => notebook.Run("perturb compare --cells treated --simple")).Message, StringComparison.Ordinal);
    }
}
