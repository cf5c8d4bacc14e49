using ScFm.Model.Cells;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Molecules;
using ScFm.Model.Tasks.DrugResponse;

namespace ScFm.Model.Tests.Tasks.DrugResponse;

/// <summary>Input that is wrong is refused in a sentence that names it.</summary>
public sealed class BadResponseTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_response_that_is_not_finite_is_refused_by_drug_and_cell_line(float value)
    {
        var error = Assert.Throws<ArgumentException>(() => new DrugResponses(["erlotinib"], ["A549", "HeLa"], [null, null], [0, 0], [0, 1], [1, value]));
        Assert.Contains($"The logarithm of the IC50 of 'erlotinib' in 'HeLa' is {value}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inf")]
    [InlineData("strong")]
    public void A_field_that_is_no_finite_number_is_refused_with_its_place(string field)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("ic50.csv"), $"drug,A549,HeLa\nerlotinib,1.5,{field}\n");
        var error = Assert.Throws<InvalidDataException>(() => ResponseTable.Read(folder.File("ic50.csv")));
        Assert.Contains($"has '{field}' for the drug 'erlotinib' in the cell line 'HeLa'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_measured_is_no_pair()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("ic50.csv"), "drug,A549,HeLa\nerlotinib,1.5,NA\nparacetamol,,-2\n");
        var responses = ResponseTable.Read(folder.File("ic50.csv"));
        Assert.Equal([1.5f, -2f], responses.Values.ToArray());
        Assert.Equal([0, 1], responses.DrugOfPair.ToArray());
        Assert.Equal([0, 1], responses.CellOfPair.ToArray());
    }

    [Fact]
    public void A_drug_that_is_not_there_is_named()
    {
        var responses = new DrugResponses(["erlotinib"], ["A549"], [null], [0], [0], [1]);
        Assert.Contains("no drug 'gefitinib'", Assert.Throws<KeyNotFoundException>(() => responses.DrugNamed("gefitinib")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drug_that_is_named_by_its_structure_is_not_taken_for_another_of_other_case()
    {
        var piperidine = new DrugResponses(["C1CCNCC1"], ["A549"], [null], [0], [0], [1]);
        Assert.Throws<KeyNotFoundException>(() => piperidine.DrugNamed("c1ccncc1")); // pyridine
        var called = new DrugResponses(["C1CCNCC1"], ["A549"], [null], [0], [0], [1]) { Titles = ["C1CCNCC1"] };
        Assert.Throws<KeyNotFoundException>(() => called.DrugNamed("c1ccncc1"));
    }

    [Fact]
    public void A_drug_that_is_not_there_under_any_of_its_names_is_named()
    {
        DrugResponses Titled(params string[] names) => new(["31703", "5957", "176870"], ["A549"], [null], [0, 1, 2], [0, 0, 0], [1, 2, 3]) { Titles = names };
        var responses = Titled("Doxorubicin", "ATP", "Erlotinib");
        Assert.Equal(2, responses.DrugNamed("erlotinib"));
        Assert.Equal(1, responses.DrugNamed("5957"));
        Assert.Contains("There is no drug 'aspirin'; there are 3, such as 'Doxorubicin'", Assert.Throws<KeyNotFoundException>(() => responses.DrugNamed("aspirin")).Message, StringComparison.Ordinal);
        Assert.Contains("2 titles of drugs were given; expected 3", Assert.Throws<ArgumentException>(() => Titled("Doxorubicin", "ATP")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_line_without_an_embedding_is_named_and_so_is_an_embedding_that_is_not_there()
    {
        var responses = new DrugResponses(["ethanol"], ["A549", "HeLa"], [null, null], [0, 0], [0, 1], [1, 2]);
        var graph = AtomFeatures.Graph(Smiles.Parse("CCO"));
        var bulk = new AnnData(CsrMatrix.FromDense(new DenseMatrix(1, 2)), ["A549"], ["TP53", "MYC"]);
        bulk.Obsm["X_scfm"] = new DenseMatrix(1, 3, [1, 2, 3]);
        var error = Assert.Throws<KeyNotFoundException>(() => new ResponseProblem(responses, [graph], CellFeatures.Of(bulk, "X_scfm")));
        Assert.Contains("The table 'X_scfm' has no features of the cell line 'HeLa'", error.Message, StringComparison.Ordinal);
        Assert.Contains("There is no embedding 'X_pca'; there are X_scfm", Assert.Throws<KeyNotFoundException>(() => CellFeatures.Of(bulk, "X_pca")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_line_without_features_is_named_with_the_table()
    {
        var responses = new DrugResponses(["ethanol"], ["A549", "HeLa"], [null, null], [0, 0], [0, 1], [1, 2]);
        var graph = AtomFeatures.Graph(Smiles.Parse("CCO"));
        var table = new CellFeatures("methylation", ["A549"], new DenseMatrix(1, 2));
        var error = Assert.Throws<KeyNotFoundException>(() => new ResponseProblem(responses, [graph], table));
        Assert.Contains("The table 'methylation' has no features of the cell line 'HeLa'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_that_is_not_finite_is_named_with_its_cell_line() =>
        Assert.Contains("for the cell line 'HeLa'", Assert.Throws<ArgumentException>(() => new CellFeatures("expression", ["A549", "HeLa"], new DenseMatrix(2, 1, [1, float.NaN]))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_drug_with_more_atoms_than_slots_is_named()
    {
        var graph = AtomFeatures.Graph(Smiles.Parse(new string('C', 101)));
        var error = Assert.Throws<ArgumentException>(() => new DrugGraphs(["wax"], [graph], new DeepCdrConfig()));
        Assert.Contains("The drug 'wax' has 101 atoms; expected at most 100", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Config":{"Units":[100],"Branches":[null]},"Scales":[]}""", "A branch has no name")]
    [InlineData("""{"Config":{"Units":[100],"Branches":[{"Name":"x","Width":3}]},"Scales":[null]}""", "scales that do not fit")]
    [InlineData("""{"Config":{"Units":[100],"Branches":[{"Name":"x","Width":2000000000}]},"Scales":[]}""", "scales that do not fit")]
    [InlineData("""{"Config":{"Units":[16384,16384],"Branches":[{"Name":"x","Width":1}]},"Scales":[{"Means":[0],"Deviations":[1]}]}""", "ask for")]
    [InlineData("""{"Config":{"Units":[0],"Branches":[{"Name":"x","Width":3}]},"Scales":[]}""", "Units is [0]")]
    [InlineData("{}", "describes no DeepCDR")]
    public void A_file_that_describes_what_cannot_be_is_refused(string description, string reason)
    {
        using var folder = new TemporaryFolder();
        ScFm.Model.Files.Safetensors.Write(folder.File("model.safetensors"), new Dictionary<string, TorchSharp.torch.Tensor>(), new Dictionary<string, string> { ["deepcdr"] = description });
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => DeepCdrModel.Load(folder.File("model.safetensors"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_needs_a_table_of_cell_lines()
    {
        var problem = SimulatedResponses.Make(cells: 8).Problem;
        var graphs = problem.GraphsFor(new DeepCdrConfig());
        var pairs = problem.Pairs([.. Enumerable.Range(0, 20)]);
        var error = Assert.Throws<ArgumentException>(() => DeepCdrModel.Train(graphs, [], pairs, pairs));
        Assert.Contains("Branches is empty", error.Message, StringComparison.Ordinal);
    }
}
