using ScFm.Model.Tasks.Composition;

namespace ScFm.Model.Tests.Tasks.Composition;

public sealed class CompositionPlanTests : IDisposable
{
    private const string Whole = """
        {
          // three lines of a plan
          "sets": { "blood": { "paths": ["a", "b.h5ad"] }, "skin": { "paths": ["/c"], "only": { "column": "x", "labels": ["y"] }, "obs": { "cell_type": "skin" } } },
          "trainings": [
            { "name": "Blood", "mix": [["blood", 100]] },
            { "name": "Both", "mix": [["blood", 100], ["skin"]], "holdOut": { "column": "cell_type", "labels": ["B"] }, "leaveOut": "a" },
          ],
          "evaluations": [{ "name": "skin", "set": "skin", "share": 0.25, "mostCells": 40 }],
          "models": [{ "kind": "ldvae", "options": { "epochs": 60, "config": { "latent": 4 } } }, { "kind": "scvi", "name": "net" }],
          "seeds": 5
        }
        """;

    private const string Each = """
        {
          "sets": { "blood": { "paths": ["a", "b"] } },
          "trainings": [
            { "name": "Blood", "mix": [["blood", 100]], "leaveOneOut": "study" },
            { "name": "No Mono", "mix": [["blood", 100]], "holdOut": { "column": "cell_type", "types": "monocytes" } },
          ],
          "baseline": "Blood - 1",
          "evaluations": [
            { "name": "study", "set": "blood", "leftOut": "study" },
            { "name": "monocytes", "set": "blood", "only": { "column": "cell_type", "types": "monocytes" } },
          ]
        }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_plan_is_read_with_its_defaults_and_paths_beside_its_file()
    {
        var plan = Read(Whole);
        Assert.Equal([folder.File("a"), folder.File("b.h5ad")], plan.Sets["blood"].Paths);
        Assert.Equal("/c", plan.Sets["skin"].Paths[0]);
        Assert.Equal([new PlannedPart("blood", 100), new PlannedPart("skin")], plan.Trainings[1].Mix);
        Assert.Equal("100 of blood + all of skin, without cell_type B, without source a", plan.Trainings[1].ToString());
        Assert.Equal((0.25, 40), (plan.Evaluations[0].Share, plan.Evaluations[0].MostCells));
        Assert.Equal((5, 1000, "Training data"), (plan.Seeds, plan.VariableGenes, plan.Title));
        Assert.Equal(["ldvae", "scvi", "geneformer"], StudyModels.Kinds);
    }

    [Fact]
    public void A_plan_that_is_written_is_read_again()
    {
        var plan = Read(Each);
        var again = Read(plan.ToJson());
        Assert.Equal(plan.ToJson(), again.ToJson());
    }

    [Theory]
    [InlineData("[\"blood\", 100]", "[\"bone\", 100]", "trainings[0].mix[0] is 'bone', which is no set; expected one of blood, skin.")]
    [InlineData("[\"blood\", 100]", "[\"blood\", 0]", "trainings[0].mix[0] asks for 0 cells; expected 1 or more.")]
    [InlineData("[\"blood\", 100]", "{ \"blood\": 100 }", "a part of a mix is a list of a set's name and a number of cells")]
    [InlineData("\"set\": \"skin\"", "\"set\": \"bone\"", "evaluations[0].set is 'bone', which is no set; expected one of blood, skin.")]
    [InlineData("\"share\": 0.25", "\"share\": 1.5", "evaluations[0]: Share is 1.5; expected 0.001 to 1.")]
    [InlineData("\"share\": 0.25", "\"part\": 0.25", "'part'")]
    [InlineData("\"labels\": [\"B\"]", "\"labels\": []", "trainings[1].holdOut.labels is empty; expected at least one, or types.")]
    [InlineData("\"seeds\": 5", "\"seeds\": 0", "Seeds is 0; expected 1 to 1000.")]
    [InlineData("\"seeds\": 5", "\"baseline\": \"Bone\"", "baseline is 'Bone', which is no training; expected one of Blood, Both.")]
    [InlineData("\"name\": \"Both\"", "\"name\": \"blood\"", "trainings has 'Blood' and 'blood'; expected names that differ in letters or digits.")]
    [InlineData("\"kind\": \"ldvae\"", "\"kind\": \"vae\"", "models[0].kind is 'vae', which is no kind of model; expected one of ldvae, scvi")]
    [InlineData("\"epochs\": 60", "\"epochs\": 0", "models[0].options: Epochs is 0; expected 1 to 100000.")]
    [InlineData("\"latent\": 4", "\"latents\": 4", "models[0].options: ")]
    [InlineData("\"paths\": [\"a\", \"b.h5ad\"]", "\"paths\": []", "sets.blood.paths is empty; expected at least one file or folder.")]
    [InlineData("\"seeds\": 5", "\"seeds\": 5", null)]
    public void A_wrong_plan_is_told_by_its_field(string right, string wrong, string? sentence)
    {
        if (sentence is null)
        {
            Read(Whole); // the whole is right, so that each line above fails for what it changes
            return;
        }
        var error = Assert.Throws<InvalidDataException>(() => Read(Whole.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains("is no plan: ", error.Message);
        Assert.Contains(sentence, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Types_are_named_and_one_of_a_column_is_left_out_by_a_word()
    {
        var plan = Read(Each);
        Assert.Equal("100 of blood, without each study in turn", plan.Trainings[0].ToString());
        Assert.Equal("100 of blood, without cell_type of monocytes", plan.Trainings[1].ToString());
        Assert.Equal("blood (each study that is left out)", plan.Evaluations[0].ToString());
        Assert.True(plan.Trainings[1].LeavesOut(plan.Evaluations[1]));
        var held = plan.Trainings[1].HoldOut!;
        Assert.Equal((true, true, false), (held.Has("CD14+ Mono"), held.Has("Classical Monocyte"), held.Has("T")));
        Assert.True(held.Covers(new("cell_type", ["CD14+ Mono", "Monocyte"])));
        Assert.False(held.Covers(new("cell_type", ["CD14+ Mono", "T"])));
    }

    [Theory]
    [InlineData("\"types\": \"monocytes\" } }", "\"types\": \"T cells\" } }", "trainings[1].holdOut.types is 'T cells', which is no built-in list; expected monocytes or B cells.")]
    [InlineData("\"types\": \"monocytes\" } }", "\"labels\": [] } }", "trainings[1].holdOut.labels is empty; expected at least one, or types.")]
    [InlineData("\"leaveOneOut\": \"study\"", "\"leaveOneOut\": \"\"", "trainings[0].leaveOneOut is empty; expected a column of obs.")]
    [InlineData("\"leaveOneOut\": \"study\"", "\"leaveOneOut\": \"study\", \"holdOut\": { \"column\": \"x\", \"labels\": [\"y\"] }", "trainings[0] has holdOut and leaveOneOut; expected one of them.")]
    [InlineData("\"leftOut\": \"study\"", "\"leftOut\": \"donor\"", "evaluations[0].leftOut is 'donor', but no training leaves one of it out; expected the leaveOneOut of a training.")]
    [InlineData("\"leftOut\": \"study\"", "\"leftOut\": \"study\", \"only\": { \"column\": \"x\", \"labels\": [\"y\"] }", "evaluations[0] has only and leftOut; expected one of them.")]
    public void What_cannot_be_left_out_is_told_by_its_field(string right, string wrong, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<InvalidDataException>(() => Read(Each.Replace(right, wrong, StringComparison.Ordinal))).Message);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{ \"sets\": 3 }")]
    [InlineData("[[[[")]
    [InlineData("{ \"sets\": null, \"trainings\": [], \"evaluations\": [] }")]
    [InlineData("{ \"sets\": {}, \"trainings\": [null], \"evaluations\": [] }")]
    [InlineData("{ \"sets\": {\"a\": null}, \"trainings\": [{\"name\": \"x\", \"mix\": [null]}], \"evaluations\": [null] }")]
    public void What_is_no_plan_at_all_is_told_in_a_sentence(string text) =>
        Assert.Contains("is no plan: ", Assert.Throws<InvalidDataException>(() => Read(text)).Message);

    [Fact]
    public void A_plan_that_is_not_there_is_told() =>
        Assert.Contains("There is no plan", Assert.Throws<FileNotFoundException>(() => CompositionPlan.Read(folder.File("none.json"))).Message);

    private CompositionPlan Read(string json) => CompositionPlan.Read(folder.Write("plan.json", json));
}
