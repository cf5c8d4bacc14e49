using System.Text.Json;
using ScFm.Model.Cells;
using ScFm.Model.Models.Scad;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Sensitivity;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class SensitivityTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly VerbNotebook notebook = new();

    public SensitivityTests()
    {
        var (source, target) = SimulatedTransfer.Make(samples: 60, cells: 60);
        target.Obs = target.Obs.With(CategoryColumn.FromLabels("patient", Enumerable.Range(0, 60).Select(cell => cell < 30 ? "a" : "b")));
        (notebook["source"], notebook["target"]) = (source, target);
    }

    private string Line(string more) => $"sensitivity --genes 60 --folds 2 --seeds 1 --epochs 1 --hidden 16 --folder \"{folder.File("out")}\" {more}";

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Cells_are_told_by_samples_with_every_method_and_reported()
    {
        notebook.Run(Line("--source source --target target --input bulk"));
        var study = (SensitivityStudy)notebook["study"]!;
        Assert.Equal(["source prevalence", "logistic regression, expression", "SCAD, expression", "SCAD without adversary, expression"], study.Methods);
        Assert.Equal(8, study.Outcomes.Count);
        Assert.Equal(8, JsonDocument.Parse(File.ReadAllText(folder.File("out", "sensitivity.json"))).RootElement.GetProperty("outcomes").GetArrayLength());
        var page = File.ReadAllText(folder.File("out", "sensitivity.html"));
        Assert.Contains("nothing is chosen by a class of the target", page, StringComparison.Ordinal);
        Assert.Contains("30 sensitive", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_group_is_told_by_all_others()
    {
        notebook.Run(Line("--target target --by patient"));
        var study = (SensitivityStudy)notebook["study"]!;
        Assert.Equal(["a", "b"], study.Problems);
        Assert.Contains("mean of 2", study.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_of_normalised_cells_are_told_as_those_of_their_counts()
    {
        notebook.Run(Line("--target target --by patient"));
        var counted = (SensitivityStudy)notebook["study"]!;
        notebook["target"] = Normalisation.LogNormalise((AnnData)notebook["target"]!);
        notebook.Run(Line("--target target --by patient --normalised t"));
        Assert.Equal(counted.Outcomes.Select(outcome => outcome.Auroc), ((SensitivityStudy)notebook["study"]!).Outcomes.Select(outcome => outcome.Auroc));
    }

    [Fact]
    public void A_model_is_trained_and_says_how_likely_cells_respond()
    {
        notebook.Run("sensitivity train --source source --target target --genes 60 --epochs 1 --hidden 16");
        Assert.Equal(60, ((ScadModel)notebook["scad"]!).Features!.Count);
        notebook["cells"] = notebook["target"];
        notebook.Run("sensitivity predict");
        var found = Assert.IsType<NumberColumn>(((AnnData)notebook["cells"]!).Obs["sensitive_probability"]);
        Assert.All(found.Values.ToArray(), probability => Assert.InRange(probability, 0, 1));
    }

    [Fact]
    public void What_is_missing_or_too_much_is_said()
    {
        Assert.Contains("Neither --source nor --by is given", Failure(Line("--target target")), StringComparison.Ordinal);
        Assert.Contains("Both --source and --by are given", Failure(Line("--target target --source source --by patient")), StringComparison.Ordinal);
        Assert.Contains("The column of labels of the source is 'outcome'", Failure(Line("--target target --source source --label outcome")), StringComparison.Ordinal);
        Assert.Contains("0 of the 60 samples", Failure(Line("--target target --source source --positive cured")), StringComparison.Ordinal);
    }

    private string Failure(string line) => Assert.ThrowsAny<Exception>(() => notebook.Run(line)).Message;
}
