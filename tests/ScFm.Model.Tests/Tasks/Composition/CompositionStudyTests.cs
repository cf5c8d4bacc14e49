using System.Globalization;
using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Metrics;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Composition;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.Composition;

[Collection(nameof(TorchGenerator))]
public sealed class CompositionStudyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PlantedTissues tissues = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_a_training_saw_is_described_better_and_what_must_be_beaten_stands_beside_it()
    {
        var study = Run(PlantedTissues.Plan);
        Assert.Equal(["LDVAE"], study.Models);
        Assert.Equal(["training mean", "own mean", "PCA 3"], study.Baselines);
        Assert.Equal(2 * 2 * 4 * 2, study.Outcomes.Count);
        Assert.All(study.Outcomes, outcome => Assert.All(outcome.Scores, score => Assert.InRange(score, 0, 1)));

        foreach (var model in new[] { "LDVAE", "training mean", "PCA 3" })
        {
            var skin = study.Compare(model, "skin", "Blood + Skin", "Blood");
            Assert.True(skin.Difference.Mean > 0.05 && skin.Log2Fold.Mean > 0, $"{model}: {skin.Difference}");
        }
        // What knows the tissue knows more of it than what never saw it, and does not depend on the training.
        Assert.True(study.Score("own mean", "Blood", "skin").Mean > study.Score("training mean", "Blood", "skin").Mean + 0.05);
        Assert.Equal(0, study.Compare("own mean", "skin", "Blood + Skin", "Blood").Difference.Mean);

        var table = study.ToTable();
        Assert.Equal(["model", "evaluation", "training", "score", "SE cells", "SE seeds", "log2 fold", "P cells x seeds", "P seeds", "training mean", "own mean", "PCA 3"], table.Columns.Select(column => column.Name));
        Assert.Equal(4, table.RowCount);
        Assert.Equal("", table["log2 fold"].Text(0)); // the baseline itself
        Assert.NotEqual("", table["log2 fold"].Text(1));
        Assert.Contains(study.Findings(), finding => finding.StartsWith("skin: LDVAE is best when trained on Blood + Skin", StringComparison.Ordinal));
    }

    [Fact]
    public void Tests_and_errors_are_those_of_their_definitions()
    {
        var study = Run(PlantedTissues.Plan);
        var summary = study.Compare("LDVAE", "skin", "Blood + Skin", "Blood");
        double[][] Of(string training) => [.. study.Outcomes.Where(o => o.Model == "LDVAE" && o.Training == training && o.Evaluation == "skin").OrderBy(o => o.Seed).Select(o => o.Scores.Select(score => (double)score).ToArray())];
        var (with, without) = (Of("Blood + Skin"), Of("Blood"));
        Assert.Equal(TTest.Paired(with.SelectMany(seed => seed).ToArray(), without.SelectMany(seed => seed).ToArray()), summary.OverCellsAndSeeds);
        Assert.Equal(TTest.Paired(with.Select(seed => seed.Average()).ToArray(), without.Select(seed => seed.Average()).ToArray()), summary.OverSeeds);
        Assert.Equal(2, study.Comparisons); // one other training, two evaluations
        Assert.Equal(Math.Min(1, 2 * summary.OverCellsAndSeeds.PValue), study.Corrected(summary.OverCellsAndSeeds), 1e-15);
        Assert.Equal(with.SelectMany(seed => seed).Average(), summary.Score.Mean, 1e-12);
        Assert.Equal(Math.Min(1, 2 * summary.OverSeeds.PValue), study.Corrected(summary.OverSeeds), 1e-15);
        var row = Enumerable.Range(0, study.ToTable().RowCount).Single(i => (study.ToTable()["evaluation"].Text(i), study.ToTable()["training"].Text(i)) == ("skin", "Blood + Skin"));
        Assert.Equal(study.Corrected(summary.OverSeeds).ToString("G2", CultureInfo.InvariantCulture), study.ToTable()["P seeds"].Text(row));
    }

    [Fact]
    public void Better_is_said_where_the_interval_excludes_zero_and_of_one_seed_never()
    {
        CompositionOutcome Outcome(string model, int seed, params float[] scores) => new(model, "Blood", "skin", seed, "R²", model != "LDVAE", 30, scores);
        CompositionStudy Study(params CompositionOutcome[] outcomes) =>
            new(PlantedTissues.Plan with { Trainings = [new("Blood", [new("blood", 30)])], Evaluations = [new("skin", "skin")] }, outcomes, [], []);

        // as much better in the mean, but in one study by chance
        var sure = Study(Outcome("LDVAE", 0, 0.5f, 0.6f), Outcome("own mean", 0, 0.4f, 0.5f), Outcome("LDVAE", 1, 0.5f, 0.6f), Outcome("own mean", 1, 0.4f, 0.5f));
        var unsure = Study(Outcome("LDVAE", 0, 0.7f, 0.8f), Outcome("own mean", 0, 0.4f, 0.5f), Outcome("LDVAE", 1, 0.3f, 0.4f), Outcome("own mean", 1, 0.4f, 0.5f));
        var single = Study(Outcome("LDVAE", 0, 0.5f, 0.6f), Outcome("own mean", 0, 0.4f, 0.5f));
        Assert.EndsWith("own mean, has 0.450, and LDVAE beside it: +0.100 ± 0.000, better.", Assert.Single(sure.Findings()));
        Assert.EndsWith("no clear difference.", Assert.Single(unsure.Findings()));
        Assert.EndsWith("+0.100 ± 0.000, no spread over seeds.", Assert.Single(single.Findings()));
        Assert.Contains("picked from 1 trainings", Assert.Single(sure.Findings()));
    }

    [Fact]
    public void A_study_that_was_stopped_in_a_training_goes_on_and_gives_the_same_numbers()
    {
        var whole = Run(PlantedTissues.Plan, folder.File("whole"));
        using var stop = new CancellationTokenSource();
        // In the third model's training, two of three already kept.
        var stopping = new Watch(step => { if (step.Next.StartsWith("LDVAE on Blood, seed 1: training 5", StringComparison.Ordinal)) { stop.Cancel(); } });
        Assert.Throws<OperationCanceledException>(() => CompositionStudy.Run(PlantedTissues.Plan, folder.File("stopped"), tissues.Open, stopping, stop.Token));
        Assert.Single(Directory.GetFiles(folder.File("stopped", "models"), "*.checkpoint"));

        var trained = new HashSet<string>();
        var resumed = CompositionStudy.Run(PlantedTissues.Plan, folder.File("stopped"), tissues.Open, new Watch(step => { if (step.Next.Contains(": training ", StringComparison.Ordinal)) { trained.Add(step.Next.Split(": training ")[0]); } }));
        Assert.Equal(["LDVAE on Blood + Skin, seed 1", "LDVAE on Blood, seed 1"], trained.Order(StringComparer.Ordinal));
        Assert.Equal(Numbers(whole), Numbers(resumed));
        Assert.Empty(Directory.GetFiles(folder.File("stopped", "models"), "*.checkpoint"));

        var again = CompositionStudy.Run(PlantedTissues.Plan, folder.File("stopped"), tissues.Open, new Watch(step => Assert.DoesNotContain(": training ", step.Next)));
        Assert.Equal(Numbers(whole), Numbers(again));
    }

    [Fact]
    public void Another_plan_in_the_same_folder_does_not_take_the_results_of_the_first()
    {
        var first = Run(PlantedTissues.Plan with { Seeds = 1 }, folder.File("same"));
        var changed = PlantedTissues.Plan with { Seeds = 1, Models = [PlantedTissues.Quick("""{ "epochs": 3, "batchSize": 16, "config": { "hidden": 16, "layers": 1, "latent": 3, "observedLibrary": true } }""")] };
        Assert.NotEqual(Numbers(first), Numbers(Run(changed, folder.File("same"))));
        Assert.Equal(Numbers(Run(changed)), Numbers(Run(changed, folder.File("same"))));
    }

    [Fact]
    public void What_is_scored_otherwise_is_scored_anew_and_nothing_is_trained_for_it()
    {
        var plan = PlantedTissues.Plan with { Seeds = 1 };
        var first = Run(plan, folder.File("same"));
        CompositionStudy Again(CompositionPlan changed) => CompositionStudy.Run(
            changed, folder.File("same"), tissues.Open, new Watch(step => Assert.DoesNotContain("LDVAE on Blood, seed 0: training", step.Next)));
        var fewer = plan with { VariableGenes = 20 };
        Assert.NotEqual(Numbers(first), Numbers(Run(fewer)));
        Assert.Equal(Numbers(Run(fewer)), Numbers(Again(fewer)));

        // Another evaluation of the set leaves fewer cells for the own mean of the first, whose scored cells are the same.
        var more = plan with { Trainings = [plan.Trainings[0]], Evaluations = [.. plan.Evaluations, new("rest of skin", "skin") { Share = 0.8 }] };
        var (anew, kept) = (Run(more), Again(more));
        Assert.NotEqual(first.Score("own mean", "Blood", "skin").Mean, anew.Score("own mean", "Blood", "skin").Mean);
        Assert.Equal(Numbers(anew), Numbers(kept));
    }

    [Fact]
    public void The_genes_of_a_type_that_was_held_out_are_found_and_latent_spaces_compared()
    {
        var plan = PlantedTissues.Plan with
        {
            Trainings = [new("Blood", [new("blood", 55)]), new("No B", [new("blood", 55)]) { HoldOut = new("cell_type", ["B"]) }],
            Evaluations = [new("B cells", "blood") { Only = new("cell_type", ["B"]), Share = 0.5 }, new("skin", "skin") { Share = 0.5 }],
            Models = [PlantedTissues.Quick("""{ "epochs": 200, "batchSize": 16, "config": { "hidden": 16, "layers": 1, "latent": 3, "observedLibrary": true } }""")],
            GeneSets = folder.Write("sets.gmt", $"B_GENES\tof B cells\t{string.Join('\t', Enumerable.Range(0, PlantedTissues.BGenes).Select(gene => $"G{gene}"))}\n"),
        };
        var study = Run(plan);
        CompositionAnalysis Analysis(string title) => Assert.Single(study.Analyses, analysis => analysis.Title.Contains(title, StringComparison.Ordinal));

        var worst = Analysis("held out").Table;
        Assert.Equal("LDVAE, No B, B cells", worst["model, training, evaluation"].Text(0));
        var genes = Enumerable.Range(0, worst.RowCount).Select(row => int.Parse(worst["gene"].Text(row)[1..])).ToList();
        Assert.True(genes.Count(gene => gene < PlantedTissues.BGenes) >= 10, string.Join(' ', genes));
        Assert.True(((NumberColumn)worst["normalised_change"]).Values[0] > 0.3);

        var latent = Analysis("latent space").Table;
        Assert.Equal(["Blood", "No B"], Enumerable.Range(0, latent.RowCount).Select(row => latent["training"].Text(row)));
        Assert.Equal(["Blood", "No B"], Enumerable.Range(0, 2).Select(row => Analysis("show at all").Table["training"].Text(row)));
        Assert.Equal(4, Analysis("stand for the scored").Table.RowCount);
        var programmes = Analysis("programmes").Table;
        Assert.Contains(Enumerable.Range(0, programmes.RowCount), row => (programmes["training"].Text(row), programmes["gene set"].Text(row)) == ("Blood", "B_GENES"));
    }

    [Fact]
    public void A_study_that_was_left_out_is_described_worse_and_the_report_says_which()
    {
        // Two studies in one file, of a tissue each: without one, a training knows nothing of its tissue.
        var (blood, skin) = (PlantedTissues.Simulate(120, seed: 7, tissue: 0, _ => "T"), PlantedTissues.Simulate(120, seed: 8, tissue: 1, _ => "skin"));
        tissues.With("blood study", blood).With("skin study", skin);
        var plan = PlantedTissues.Plan with
        {
            Sets = new Dictionary<string, PlannedSet> { ["both"] = new() { Paths = ["blood study", "skin study"] } },
            Trainings = [new("Both", [new("both", 80)]), new("Both", [new("both", 80)]) { LeaveOneOut = "source" }],
            Evaluations = [new("study", "both") { LeftOut = "source", Share = 0.3 }],
            Models = [PlantedTissues.Quick("""{ "epochs": 60, "batchSize": 16, "config": { "hidden": 16, "layers": 1, "latent": 3, "observedLibrary": true } }""")],
        };
        var study = Run(plan);
        Assert.Equal(["Both", "Both - blood study", "Both - skin study"], study.Trainings);
        Assert.Equal(["study - blood study", "study - skin study"], study.Evaluations);
        foreach (var left in new[] { "blood study", "skin study" })
        {
            var unseen = study.Compare("LDVAE", $"study - {left}", $"Both - {left}", "Both");
            Assert.True(unseen.Difference.Mean < -0.05, $"{left}: {unseen.Score} {unseen.Difference}");
            Assert.Contains(study.Findings(), finding => finding.StartsWith($"study - {left}: LDVAE trained on Both - {left}, which left out source {left}, has 0.", StringComparison.Ordinal));
        }
        var table = study.ToTable();
        Assert.Equal(["", "source blood study", "", "", "", "source skin study"], Enumerable.Range(0, table.RowCount).Select(table["left out"].Text));
        Assert.Contains("\"leaveOneOut\": \"source\"", study.About.Single(line => line.Name == "plan").Value); // as it was asked
    }

    [Fact]
    public void A_training_on_the_same_cells_explains_as_much_of_a_latent_space_as_the_baseline_itself()
    {
        var study = Run(PlantedTissues.Plan with { Trainings = [new("Blood", [new("blood", 30)]), new("Same", [new("blood", 30)])] });
        var latent = Assert.Single(study.Analyses, analysis => analysis.Title.Contains("latent space", StringComparison.Ordinal)).Table;
        Assert.Equal(["Blood", "Same"], Enumerable.Range(0, latent.RowCount).Select(row => latent["training"].Text(row)));
        Assert.Equal(latent["mean R²"].Text(0), latent["mean R²"].Text(1));
        Assert.NotEqual("1.000 ± 0.000", latent["mean R²"].Text(1)); // other seeds, not the same model twice
    }

    [Fact]
    public void Geneformer_is_scored_by_rank_correlation_beside_the_mean_ranks_alone()
    {
        var tiny = new PlannedModel("geneformer")
        {
            Options = System.Text.Json.JsonDocument.Parse("""{ "config": { "width": 16, "layers": 1, "heads": 2, "feedForward": 16, "maxLength": 64, "dropout": 0, "attentionDropout": 0 }, "training": { "epochs": 2 } }""").RootElement,
        };
        var study = Run(PlantedTissues.Plan with { Models = [PlantedTissues.Quick(), tiny], Seeds = 1 }, folder.File("both"));
        Assert.Equal(("R²", "rank correlation"), (study.ScoreOf("LDVAE"), study.ScoreOf("Geneformer")));
        Assert.Equal(["training mean", "own mean", "PCA 3"], study.BaselinesOf("LDVAE"));
        Assert.Equal(["mean ranks of Geneformer"], study.BaselinesOf("Geneformer"));
        Assert.All(study.Outcomes.Where(outcome => outcome.Score == "rank correlation"), outcome => Assert.All(outcome.Scores, score => Assert.InRange(score, -1, 1)));
        var table = study.ToTable();
        Assert.Equal(("", ""), (table["mean ranks of Geneformer"].Text(0), table["PCA 3"].Text(table.RowCount - 1)));
        Assert.NotEqual(("", ""), (table["PCA 3"].Text(0), table["mean ranks of Geneformer"].Text(table.RowCount - 1)));

        // Each model's file says which cells it was trained on.
        Recipe? Kept(string name, Func<string, Recipe?> load) => load(Assert.Single(Directory.GetFiles(folder.File("both", "models"), $"{ResultStore.FileName($"{name} Blood + Skin")}-seed0-*.safetensors")));
        foreach (var recipe in new[] { Kept("LDVAE", file => ScViModel.Load(file).Recipe), Kept("Geneformer", file => GeneformerModel.Load(file).Recipe) })
        {
            Assert.Contains("30 of blood + 20 of skin, seed 0", $"{recipe}");
            Assert.Equal(50, Corpus.Replay(recipe!, tissues["blood"], tissues["skin"]).CellCount);
        }
    }

    [Fact]
    public void Squared_correlation_is_that_of_the_definition_and_undefined_where_nothing_varies()
    {
        var measured = CsrMatrix.FromDense(new DenseMatrix(3, 4, [1, 0, 3, 9, 0, 2, 2, 9, 0, 0, 0, 9]));
        var reconstructed = new DenseMatrix(3, 4, [2, 1, 5, 0, 1, 1, 1.5f, 0, 1, 2, 3, 0]);
        var squared = CellCorrelation.Squared(measured, reconstructed, [0, 1, 2]);
        var r = Correlation.Pearson<double>([1, 0, 3], [2, 1, 5]).Coefficient;
        Assert.Equal(r * r, squared[0], 1e-6);
        Assert.Equal(0.25, squared[1], 1e-6); // deviations (-4, 2, 2) / 3 and (-1, -1, 2) / 6: 6² / (24 x 6)
        Assert.True(float.IsNaN(squared[2]));
    }

    [Fact]
    public void Principal_components_without_number_give_training_cells_back()
    {
        var cells = PlantedTissues.Simulate(20, seed: 3, tissue: 0, _ => "T");
        var evaluation = new EvaluationCells("same", cells, cells, 60);
        var few = new PcaStudyModel(2).Fit(cells, 0, null, null, CancellationToken.None).Score(evaluation, CancellationToken.None);
        var all = new PcaStudyModel(19).Fit(cells, 0, null, null, CancellationToken.None).Score(evaluation, CancellationToken.None);
        Assert.All(all, score => Assert.Equal(1, score, 1e-3));
        Assert.True(few.Average() < 0.95);
    }

    private CompositionStudy Run(CompositionPlan plan, string? within = null) => CompositionStudy.Run(plan, within, tissues.Open);

    private static float[] Numbers(CompositionStudy study) => [.. study.Outcomes.SelectMany(outcome => outcome.Scores)];

    private sealed class Watch(Action<StudyStep> see) : IProgress<StudyStep>
    {
        public void Report(StudyStep value) => see(value);
    }
}
