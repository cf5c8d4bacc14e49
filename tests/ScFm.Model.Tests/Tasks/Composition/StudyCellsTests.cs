using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Composition;

namespace ScFm.Model.Tests.Tasks.Composition;

public sealed class StudyCellsTests
{
    private readonly PlantedTissues tissues = new();

    [Fact]
    public void No_training_of_any_seed_has_a_cell_that_any_evaluation_scores()
    {
        var plan = PlantedTissues.Plan with
        {
            // A second set shares the file: the same cell under another name is the same cell.
            Sets = new Dictionary<string, PlannedSet>(PlantedTissues.Plan.Sets) { ["T cells"] = new() { Paths = ["blood"], Only = new("cell_type", ["T"]) } },
            Trainings = [new("all", [new("blood"), new("skin")]), new("T", [new("T cells")])],
            Evaluations = [new("blood", "blood") { Share = 0.3 }, new("T", "T cells") { Share = 0.5 }, new("skin", "skin")],
            Seeds = 3,
        };
        var cells = Prepare(plan);
        var scored = cells.Evaluations.SelectMany(evaluation => evaluation.Cells.ObsNames).ToHashSet();
        Assert.True(scored.Count > 60);
        foreach (var training in cells.Trainings.Values)
        {
            Assert.NotEmpty(training.Cells.ObsNames);
            Assert.DoesNotContain(training.Cells.ObsNames, scored.Contains);
            Assert.Equal(training.Cells.CellCount, training.Cells.ObsNames.Distinct().Count());
        }
        Assert.All(cells.Evaluations, evaluation => Assert.DoesNotContain(evaluation.Own.ObsNames, scored.Contains));
    }

    [Fact]
    public void More_of_the_same_holds_the_same_cells_and_others()
    {
        var plan = PlantedTissues.Plan with { Trainings = [new("Blood", [new("blood", 30)]), new("Blood + Blood", [new("blood", 30), new("blood", 30)])] };
        var cells = Prepare(plan);
        string[] Names(string training, int seed) => cells.Trainings[(training, seed)].Cells.ObsNames;
        Assert.Equal((30, 60), (Names("Blood", 0).Length, Names("Blood + Blood", 0).Length));
        Assert.Empty(Names("Blood", 0).Except(Names("Blood + Blood", 0)));
        Assert.NotEmpty(Names("Blood", 0).Except(Names("Blood", 1))); // seeds draw anew
        Assert.Equal(Names("Blood", 0), Prepare(plan).Trainings[("Blood", 0)].Cells.ObsNames); // and again the same
    }

    [Fact]
    public void Cells_of_a_held_out_type_and_those_that_may_be_of_it_are_not_trained_on()
    {
        var plan = PlantedTissues.Plan with { Trainings = [new("No B", [new("blood"), new("skin")]) { HoldOut = new("cell_type", ["B"]) }] };
        var drawn = Prepare(plan).Trainings[("No B", 0)].Cells;
        Assert.Equal(["T", "skin"], Enumerable.Range(0, drawn.CellCount).Select(cell => drawn.Obs["cell_type"].Text(cell)).Distinct());
    }

    [Fact]
    public void A_study_is_left_out_by_the_name_of_its_file_and_a_label_for_a_set_stands_in_for_a_column()
    {
        tissues.With("other blood", PlantedTissues.Simulate(30, seed: 5, tissue: 0, _ => "T")).With("bare", Bare(PlantedTissues.Simulate(30, seed: 6, tissue: 1, _ => null)));
        var plan = PlantedTissues.Plan with
        {
            Sets = new Dictionary<string, PlannedSet>
            {
                ["blood"] = new() { Paths = ["blood", "other blood"] },
                ["skin"] = new() { Paths = ["skin"] },
                ["bare"] = new() { Paths = ["bare"], Obs = new Dictionary<string, string> { ["cell_type"] = "bone" } },
            },
            Trainings = [new("one study", [new("blood")]) { LeaveOut = "blood" }, new("No B", [new("blood"), new("bare")]) { HoldOut = new("cell_type", ["B"]) }],
        };
        var cells = Prepare(plan);
        Assert.Equal(["other blood"], Labels(cells.Trainings[("one study", 0)].Cells, "source"));
        Assert.Equal(["blood", "other blood", "bare"], Labels(cells.Trainings[("No B", 0)].Cells, "source"));
    }

    [Fact]
    public void Files_of_one_name_are_left_out_and_scored_one_by_one()
    {
        tissues.With("other blood", PlantedTissues.Simulate(90, seed: 5, tissue: 0, _ => "T"));
        var plan = PlantedTissues.Plan with
        {
            Sets = new Dictionary<string, PlannedSet> { ["blood"] = new() { Paths = ["blood", "other blood"] } },
            Trainings = [new("one", [new("blood")]) { LeaveOut = "matrix" }],
            Evaluations = [new("first", "blood") { Only = new("source", ["matrix"]) }, new("second", "blood") { Only = new("source", ["matrix 2"]), Share = 0.2 }],
        };
        var cells = StudyCells.Prepare(plan, path => Corpus.Of(tissues[path], "matrix"), TestContext.Current.CancellationToken);
        Assert.Equal(["matrix 2"], Labels(cells.Trainings[("one", 0)].Cells, "source"));
        Assert.Equal(["matrix"], Labels(cells.Evaluations[0].Cells, "source"));
        Assert.Equal(["matrix 2"], Labels(cells.Evaluations[1].Cells, "source"));
    }

    [Fact]
    public void A_type_is_held_out_by_whatever_names_the_sets_have_for_it()
    {
        tissues.With("other blood", PlantedTissues.Simulate(40, seed: 5, tissue: 0, cell => cell % 4 == 0 ? "naive b cell" : cell % 4 == 1 ? "Plasmablast" : "NK"));
        var bCells = new CellChoice("cell_type") { Types = "B cells" };
        var plan = PlantedTissues.Plan with
        {
            Sets = new Dictionary<string, PlannedSet> { ["blood"] = new() { Paths = ["blood", "other blood"] } },
            Trainings = [new("No B", [new("blood")]) { HoldOut = bCells }],
            Evaluations = [new("B cells", "blood") { Only = bCells }],
        };
        var cells = Prepare(plan);
        Assert.Equal(["T", "NK"], Labels(cells.Trainings[("No B", 0)].Cells, "cell_type"));
        Assert.Equal(["B", "Plasmablast", "naive b cell"], Labels(cells.Evaluations[0].Cells, "cell_type").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_study_is_left_out_in_turn_and_its_cells_are_scored()
    {
        var studies = new[] { "x", "y", null, "z" };
        tissues.With("studies", WithStudies(PlantedTissues.Simulate(80, seed: 5, tissue: 0, _ => "T"), cell => studies[cell % 4]));
        var plan = PlantedTissues.Plan with
        {
            Sets = new Dictionary<string, PlannedSet> { ["blood"] = new() { Paths = ["studies"] }, ["skin"] = new() { Paths = ["skin"], Obs = new Dictionary<string, string> { ["study"] = "s" } } },
            Trainings = [new("Blood", [new("blood", 30)]), new("Blood", [new("blood", 15)]) { LeaveOneOut = "study" }],
            Evaluations = [new("skin", "skin"), new("study", "blood") { LeftOut = "study" }],
        };
        var cells = Prepare(plan);
        Assert.Equal(["Blood", "Blood - x", "Blood - y", "Blood - z"], cells.Plan.Trainings.Select(training => training.Name));
        Assert.Equal(["skin", "study - x", "study - y", "study - z"], cells.Evaluations.Select(evaluation => evaluation.Name));
        Assert.Equal("Blood", cells.Plan.BaselineName);
        foreach (var study in new[] { "x", "y", "z" })
        {
            Assert.Equal([study], Labels(cells.Evaluations.Single(evaluation => evaluation.Name == $"study - {study}").Cells, "study"));
            for (var seed = 0; seed < plan.Seeds; seed++)
            {
                var drawn = cells.Trainings[($"Blood - {study}", seed)].Cells;
                Assert.Equal(15, drawn.CellCount);
                Assert.Equal(new[] { "x", "y", "z" }.Where(other => other != study), Labels(drawn, "study").Order(StringComparer.Ordinal));
                Assert.Contains($"15 of blood, without study {study}, seed {seed}", drawn.Recipe.ToString());
            }
        }
        Assert.Equal(cells.Plan.ToJson(), CompositionPlan.Parse(cells.Plan.ToJson()).ToJson()); // written out, it is a plan like any other
    }

    [Fact]
    public void The_recipe_of_a_training_gives_its_cells_again()
    {
        var drawn = Prepare(PlantedTissues.Plan).Trainings[("Blood + Skin", 1)].Cells;
        Assert.Contains("30 of blood + 20 of skin, seed 1", drawn.Recipe.ToString());
        var again = Corpus.Replay(Recipe.FromJson(drawn.Recipe.ToJson()), tissues["blood"], tissues["skin"]);
        Assert.Equal(drawn.ObsNames, again.ObsNames);
        Assert.Equal(drawn.Identity, again.Identity);
    }

    [Fact]
    public void Genes_are_those_that_all_sources_have_the_highest_by_the_mean_over_sets_and_aliases_join_names()
    {
        var skin = tissues["skin"].SelectGenes([.. Enumerable.Range(10, 100)]);
        tissues.With("skin", skin);
        Assert.Equal(Enumerable.Range(10, 100).Select(gene => $"G{gene}"), Prepare(PlantedTissues.Plan).Genes);
        var few = Prepare(PlantedTissues.Plan with { MostGenes = 5 }).Genes;
        Assert.Equal(5, few.Count);
        var means = tissues["blood"].X.ColumnSums();
        Assert.All(few, gene => Assert.True(means[int.Parse(gene[1..])] > means.Order().ElementAt(60)));

        using var folder = new TemporaryFolder();
        tissues.With("skin", new AnnData(skin.X, skin.ObsNames, Array.ConvertAll(skin.VarNames, gene => $"ENSG{int.Parse(gene[1..]):D11}"), skin.Obs));
        var aliases = folder.Write("ids.csv", string.Concat(Enumerable.Range(0, 90).Select(gene => $"ENSG{gene:D11},G{gene}\n")));
        Assert.Equal(Enumerable.Range(10, 80).Select(gene => $"G{gene}"), Prepare(PlantedTissues.Plan with { Aliases = [aliases] }).Genes);
    }

    [Fact]
    public void Whatever_is_wrong_is_told_by_field_before_anything_is_trained()
    {
        var plan = PlantedTissues.Plan;
        CompositionPlan Trained(params PlannedTraining[] trainings) => plan with { Trainings = trainings };
        Wrong(Trained(new PlannedTraining("x", [new("blood", 80)])), "trainings[0].mix[0] asks for 80 cells of 'blood', but 72 of its 90 are left");
        Wrong(Trained(new PlannedTraining("x", [new("blood", 50), new("blood", 50)])), "trainings[0].mix[1] asks for 50 cells of 'blood', but 22 of its 90 are left");
        Wrong(plan with { Evaluations = [new("skin", "skin") { Share = 1 }] }, "trainings[1].mix[1] asks for 20 cells of 'skin', but 0 of its 60 are left");
        Wrong(Trained(new PlannedTraining("x", [new("blood")]) { HoldOut = new("cell_type", ["NK"]) }), "trainings[0].holdOut names 'NK', which is no label of 'cell_type'; expected some of B, T.");
        Wrong(Trained(new PlannedTraining("x", [new("blood")]) { HoldOut = new("type", ["B"]) }), "trainings[0].holdOut names the column 'type', but blood of the set 'blood' has no such column; it has cell_type, source");
        Wrong(Trained(new PlannedTraining("x", [new("blood")]) { LeaveOut = "bone" }), "trainings[0].leaveOut names 'bone', which is no label of 'source'; expected some of blood.");
        Wrong(Trained(new PlannedTraining("x", [new("skin")]) { HoldOut = new("cell_type") { Types = "B cells" } }), "trainings[0].holdOut names the types 'B cells', none of whose names is a label of 'cell_type'; expected some of skin.");
        Wrong(Trained(new PlannedTraining("x", [new("blood", 10)]) { LeaveOneOut = "study" }), "trainings[0].leaveOneOut names the column 'study', but blood of the set 'blood' has no such column");
        Wrong(Trained(new PlannedTraining("x", [new("blood", 10)]) { LeaveOneOut = "source" }), "trainings[0].leaveOneOut names the column 'source', of which the mix has the label 'blood' alone; expected at least 2");
        Wrong(Trained(new PlannedTraining("x", [new("blood", 40)]) { LeaveOneOut = "cell_type" }), "trainings[0].mix[0] asks for 40 cells of 'blood', but ");
        Wrong(Trained(new PlannedTraining("x", [new("blood", 10)]) { LeaveOneOut = "cell_type" }) with { Evaluations = [new("type", "skin") { LeftOut = "cell_type" }] }, "evaluations[0].leftOut names the column 'cell_type', but no training leaves out a label that 'skin' has of it");
        Wrong(Trained(new("x - B", [new("blood", 10)]), new("x", [new("blood", 10)]) { LeaveOneOut = "cell_type" }), "trainings has 'x - B' and 'x - B'");
        Wrong(Trained(new PlannedTraining("x", [new("blood", 10)]) { LeaveOneOut = "cell_type" }) with { Baseline = "x" }, "baseline is 'x', which is no training; expected one of x - B, x - T");
        Wrong(plan with { Evaluations = [new("few", "skin") { Share = 0.01 }] }, "evaluations[0] sets aside 1 of 60 cells of 'skin'; expected at least 3: raise its share.");
        Wrong(plan with { Evaluations = [new("B", "blood") { Only = new("cell_type", ["NK"]) }] }, "evaluations[0].only names 'NK'");
        Wrong(plan with { GeneSets = "none.gmt" }, "none.gmt");
        using var folder = new TemporaryFolder();
        Wrong(plan with { GeneSets = folder.Write("few.gmt", "FEW\tof G\tG1\tG2\n") }, "geneSets: None of the 1 gene sets has 15 to 500 of the 120 ranked genes");
        Wrong(plan with { Sets = new Dictionary<string, PlannedSet>(plan.Sets) { ["skin"] = new() { Paths = ["skin", "hair"] } } }, "sets.skin.paths[1]: There is no corpus 'hair'.");
        tissues.With("skin", new AnnData(tissues["skin"].X, tissues["skin"].ObsNames, Array.ConvertAll(tissues["skin"].VarNames, gene => "other " + gene)));
        Wrong(plan, "'skin' has none of the 120 genes");
    }

    [Fact]
    public void A_copy_of_a_scored_cell_under_another_name_is_found()
    {
        var blood = tissues["blood"];
        tissues.With("copy", new AnnData(blood.X.SelectRows([5, 80]), ["other-5", "other-80"], blood.VarNames, new Table(CategoryColumn.FromLabels("cell_type", ["T", "T"]))));
        var plan = PlantedTissues.Plan with
        {
            Sets = new Dictionary<string, PlannedSet>(PlantedTissues.Plan.Sets) { ["copy"] = new() { Paths = ["copy"] } },
            Trainings = [new("x", [new("copy"), new("skin", 20)])],
            Evaluations = [new("blood", "blood") { Share = 1 }],
        };
        Wrong(plan, "'other-5' of copy, which is to be trained on, has the same counts as 't0-1-5' of blood, which the evaluation 'blood' scores");
    }

    [Fact]
    public void Scored_cells_have_no_say_in_the_genes()
    {
        var plan = PlantedTissues.Plan with { MostGenes = 40 };
        var genes = Prepare(plan).Genes;
        var scored = Prepare(plan).Evaluations.SelectMany(evaluation => evaluation.Cells.ObsNames).ToHashSet();
        foreach (var path in new[] { "blood", "skin" })
        {
            var cells = tissues[path];
            var counts = cells.X.ToDense();
            for (var cell = 0; cell < cells.CellCount; cell++)
            {
                for (var gene = 0; gene < PlantedTissues.Genes && scored.Contains(cells.ObsNames[cell]); gene++)
                {
                    counts[cell, gene] += genes.Contains($"G{gene}") ? 0 : 500;
                }
            }
            tissues.With(path, new AnnData(CsrMatrix.FromDense(counts), cells.ObsNames, cells.VarNames, cells.Obs));
        }
        Assert.Equal(genes, Prepare(plan).Genes);
    }

    [Fact]
    public void A_cell_that_two_evaluations_score_is_looked_at_once()
    {
        var plan = PlantedTissues.Plan with { Evaluations = [new("blood", "blood") { Share = 0.5 }, new("B", "blood") { Only = new("cell_type", ["B"]), Share = 0.9 }, new("skin", "skin")] };
        var evaluations = Prepare(plan).Evaluations;
        string[] all = [.. evaluations.SelectMany(evaluation => evaluation.Cells.ObsNames)];
        string[] once = [.. ScoredCells.Once(evaluations.Select(evaluation => evaluation.Cells)).SelectMany(cells => cells.ObsNames)];
        Assert.True(once.Length < all.Length);
        Assert.Equal(all.Distinct(), once);
    }

    private void Wrong(CompositionPlan plan, string sentence)
    {
        var steps = new List<StudyStep>();
        var error = Assert.ThrowsAny<Exception>(() => CompositionStudy.Run(plan, open: tissues.Open, progress: new Told(steps)));
        Assert.True(error is InvalidDataException or IOException or ArgumentException, error.ToString());
        Assert.Contains(sentence, error.Message);
        Assert.Empty(steps);
    }

    private StudyCells Prepare(CompositionPlan plan) => StudyCells.Prepare(plan, tissues.Open, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Labels(ICellSource cells, string column) => Enumerable.Range(0, cells.CellCount).Select(cell => cells.Obs[column].Text(cell)).Distinct();

    private static AnnData WithStudies(AnnData cells, Func<int, string?> study) =>
        new(cells.X, cells.ObsNames, cells.VarNames, cells.Obs.With(CategoryColumn.FromLabels("study", [.. Enumerable.Range(0, cells.CellCount).Select(study)])));

    private static AnnData Bare(AnnData cells) => new(cells.X, cells.ObsNames, cells.VarNames);

    private sealed class Told(List<StudyStep> steps) : IProgress<StudyStep>
    {
        public void Report(StudyStep value) => steps.Add(value);
    }
}
