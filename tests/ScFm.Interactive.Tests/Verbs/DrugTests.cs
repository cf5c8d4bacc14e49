using System.Globalization;
using System.Text;
using System.Text.Json;
using ScFm.Interactive.Hosting;
using ScFm.Model.Tasks.DrugResponse;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class DrugTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly VerbNotebook notebook = new();

    public DrugTests()
    {
        var problem = SimulatedResponses.Make(cells: 24).Problem;
        var (responses, table) = (problem.Responses, problem.Tables[0].Values);
        string Row(IEnumerable<float> values) => string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
        var ic50 = new StringBuilder("," + string.Join(',', responses.Cells) + "\n");
        for (var drug = 0; drug < responses.Drugs.Count; drug++)
        {
            ic50.AppendLine($"drug-{drug}," + Row(responses.ValuesOf(responses.PairsOfDrug(drug))));
        }
        folder.Write("ic50.csv", ic50.ToString());
        folder.Write("features.csv", "," + string.Join(',', Enumerable.Range(0, table.Columns).Select(i => $"gene-{i}")) + "\n" + string.Join('\n', responses.Cells.Select((cell, row) => $"{cell}," + Row(table.Row(row).ToArray()))));
        folder.Write("drugs.csv", "name,smiles\n" + string.Join('\n', responses.Drugs.Select((smiles, drug) => $"drug-{drug},{smiles}")));
        folder.Write("types.csv", "line,type\n" + string.Join('\n', responses.Cells.Select((cell, row) => $"{cell},{responses.CancerTypes[row]}")));
    }

    private string Line(string more) =>
        $"drug --responses \"{folder.File("ic50.csv")}\" --features \"{folder.File("features.csv")}\" --drugs \"{folder.File("drugs.csv")}\" --types \"{folder.File("types.csv")}\" --folder \"{folder.File("out")}\" --epochs 1 {more}";

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_screen_of_one_s_own_is_predicted_by_every_method_and_reported()
    {
        notebook.Run(Line("--seeds 2"));
        var study = (DrugResponseStudy)notebook["study"]!;
        Assert.Equal(["drug mean", "drug + cell line effects", "ridge on the features", "DeepCDR"], study.Methods);
        Assert.Equal(8, study.Outcomes.Count);
        var report = Report();
        Assert.Equal(8, report.GetProperty("outcomes").GetArrayLength());
        var page = File.ReadAllText(folder.File("out", "drug-response.html"));
        Assert.Contains("The epoch is chosen on a twentieth of the pairs", page, StringComparison.Ordinal);
        Assert.Contains("within drugs", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Drugs_are_left_out_in_turn()
    {
        notebook.Run(Line("--seeds 1 --leave-out drug-3,drug-14"));
        Assert.Equal(["without drug-3", "without drug-14"], ((DrugResponseStudy)notebook["study"]!).Splits);
        var findings = Report().GetProperty("findings").EnumerateArray().Select(finding => finding.GetString()!).ToArray();
        Assert.Equal(2, findings.Length); // one a drug: the best baseline is the effects
        Assert.Equal("drug-3, drug-14 are left out in turn, each with all its pairs, which are scored; a twentieth of the others validates", Report().GetProperty("about").GetProperty("split").GetString());
        Assert.All(findings, finding => Assert.Contains(" drug + cell line effects, Pearson", finding, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_no_drug_is_left_out_what_others_predicted_stays()
    {
        var input = SimulatedResponses.Make(cells: 24);
        var given = new GivenMethod("given", Enumerable.Range(0, input.Problem.Responses.Count).ToDictionary(pair => pair, pair => (float)pair));
        var study = ScFm.Interactive.Verbs.Verbs.Drug(input with { Given = [given] }, new() { Epochs = 1 }, [], 1, folder.File("out"));
        Assert.Equal(["by cancer type"], study.Splits);
        Assert.Contains("given", study.Methods);
        Assert.Equal(input.About, Report().GetProperty("about").GetProperty("split").GetString());
    }

    [Fact]
    public void A_drug_to_leave_out_that_is_not_there_is_named() => Assert.Contains("no drug 'aspirin'", Failure(Line("--leave-out aspirin")), StringComparison.Ordinal);

    [Fact]
    public void A_drug_without_a_structure_a_line_without_features_and_a_smiles_that_is_none_are_named()
    {
        folder.Write("drugs.csv", "name,smiles\ndrug-0,CCO\n");
        Assert.Contains("The structure of the drug 'drug-1' is not known", Failure(Line("")), StringComparison.Ordinal);
        folder.Write("drugs.csv", "name,smiles\ndrug-0,C(C\n");
        Assert.Contains("The drug 'drug-0' has no structure that can be read: The SMILES 'C(C' has a branch that is not closed", Failure(Line("")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inf")]
    [InlineData("NaN")]
    public void An_ic50_that_is_not_finite_is_named(string field)
    {
        var lines = File.ReadAllLines(folder.File("ic50.csv"));
        lines[3] = $"drug-2,{field}{lines[3][lines[3].IndexOf(',', lines[3].IndexOf(',') + 1)..]}";
        folder.Write("ic50.csv", string.Join('\n', lines));
        Assert.Contains($"has '{field}' for the drug 'drug-2' in the cell line 'line-0'", Failure(Line("")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_line_without_features_is_named()
    {
        folder.Write("features.csv", ",gene-0\nline-0,1\n");
        Assert.Contains("has no features of the cell line 'line-1'", Failure(Line("")), StringComparison.Ordinal);
    }

    private JsonElement Report() => JsonDocument.Parse(File.ReadAllText(folder.File("out", "drug-response.json"))).RootElement;

    private string Failure(string line) => Assert.ThrowsAny<Exception>(() => notebook.Run(line)).Message;
}
