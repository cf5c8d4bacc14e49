using ScFm.Model.Cells;
using ScFm.Model.Models.DeepCdr;
using ScFm.Model.Molecules;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.DrugResponse;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.DrugResponse;

/// <summary>Baselines and DeepCDR on a screen whose answer is known.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ResponseMethodTests
{
    private static readonly DeepCdrOptions Small = new() { Config = new DeepCdrConfig { Units = [32, 32], Dropout = 0, LastDropout = 0, Slots = 12 }, Epochs = 30, BatchSize = 64, LearningRate = 5e-3, Patience = 0 };

    [Fact]
    public void The_drug_mean_is_the_mean_of_the_drug_s_other_pairs()
    {
        var problem = SimulatedResponses.Make().Problem;
        var split = ResponseSplit.ByCancerType(problem.Responses, 0.2);
        var predicted = new EffectsMethod(withCells: false).Predict(problem, split, 0, default);
        var drug = problem.Responses.DrugOfPair[split.Test[0]];
        var others = problem.Responses.PairsOfDrug(drug).Except(split.Test).Select(pair => (double)problem.Responses.Values[pair]);
        Assert.Equal(others.Average(), predicted[0], 4);
    }

    [Fact]
    public void Only_what_sees_the_features_learns_how_drug_and_cell_line_act_together()
    {
        var problem = SimulatedResponses.Make().Problem;
        var split = ResponseSplit.ByCancerType(problem.Responses, 0.2);
        var study = DrugResponseStudy.Run(problem, [(0, split)], [new EffectsMethod(false), new EffectsMethod(true), new RidgeMethod(), new DeepCdrMethod(Small)]);
        double[] errors = [.. study.Outcomes.Select(outcome => outcome.All.Rmse)];
        Assert.True(errors[1] < errors[0], $"effects {errors[1]}, drug mean {errors[0]}");
        Assert.True(errors[2] < 0.5 * errors[1], $"ridge {errors[2]}, effects {errors[1]}");
        Assert.True(errors[3] < 0.7 * errors[1], $"DeepCDR {errors[3]}, effects {errors[1]}");
        Assert.Equal(0, study.Outcomes[0].WithinDrugs.Pearson); // one value a drug tells its cell lines not apart
        Assert.Equal(["drug mean", "drug + cell line effects", "ridge on the features", "DeepCDR"], study.Methods);
        var gains = ((ScFm.Model.Tables.NumberColumn)study.GainByDrug("DeepCDR", "drug + cell line effects")["gain"]).Values.ToArray();
        Assert.Equal(24, gains.Length);
        Assert.True(gains.Average() > 0.1, $"mean gain {gains.Average()}");
        Assert.Contains("DeepCDR does not clearly beat drug mean", Assert.Single(study.Findings("DeepCDR", "drug mean")), StringComparison.Ordinal); // of one seed nothing is clear
    }

    [Fact]
    public void Drugs_whose_names_are_numbers_are_shown_by_what_they_are_called()
    {
        var made = SimulatedResponses.Make(cells: 24).Problem;
        var of = made.Responses;
        var numbered = new DrugResponses([.. of.Drugs.Select((_, drug) => $"{1000 + drug}")], of.Cells, of.CancerTypes, of.DrugOfPair.ToArray(), of.CellOfPair.ToArray(), of.Values.ToArray()) { Titles = of.Drugs };
        var problem = new ResponseProblem(numbered, made.Graphs, new CellFeatures("simulated", of.Cells, made.Tables[0].Values));
        var study = DrugResponseStudy.Run(problem, [(0, ResponseSplit.WithoutDrug(numbered, "1002"))], [new EffectsMethod(false), new EffectsMethod(true)]);
        Assert.Equal("c1ccccc1O", study.GainByDrug("drug + cell line effects", "drug mean")["drug"].Text(0));
        Assert.All(study.Outcomes, outcome => Assert.Equal("1002", outcome.Drugs[0])); // as they are kept
    }

    [Fact]
    public void Over_seeds_a_method_beats_what_it_is_better_than_and_what_repeats_nothing_makes_no_interval()
    {
        var problem = SimulatedResponses.Make().Problem;
        IResponseMethod[] methods = [new EffectsMethod(false), new EffectsMethod(true), new RidgeMethod()];
        var drawn = DrugResponseStudy.Run(problem, [.. Enumerable.Range(0, 3).Select(seed => (seed, ResponseSplit.ByCancerType(problem.Responses, 0.2, seed)))], methods);
        Assert.Contains("ridge on the features beats drug + cell line effects", Assert.Single(drawn.Findings("ridge on the features", "drug + cell line effects")), StringComparison.Ordinal);
        Assert.Contains("drug mean is worse than ridge on the features", Assert.Single(drawn.Findings("drug mean", "ridge on the features")), StringComparison.Ordinal);
        var scores = drawn.Outcomes.Where(outcome => outcome.Method == "drug mean").Select(outcome => outcome.All.Pearson).ToArray();
        var narrow = Model.Metrics.MeanInterval.Of(scores);
        Assert.Equal(1440, drawn.Outcomes[0].Known + drawn.Outcomes[0].Truth.Length);
        Assert.Equal(Model.Metrics.MeanInterval.Of(scores, 0.25).ToString("F4"), drawn.ToTable()["Pearson"].Text(0)); // a fifth is scored and four are known
        Assert.True(Model.Metrics.MeanInterval.Of(scores, 0.25).HalfWidth > 1.3 * narrow.HalfWidth);

        var test = ResponseSplit.ByCancerType(problem.Responses, 0.2).Test;
        var same = DrugResponseStudy.Run(problem, [.. Enumerable.Range(0, 3).Select(seed => (seed, ResponseSplit.Of("same", Enumerable.Range(0, 1440), test, seed)))], methods[..2]);
        Assert.DoesNotContain("±", same.ToTable()["Pearson"].Text(0), StringComparison.Ordinal);
        Assert.Contains("drug mean does not clearly beat", Assert.Single(same.Findings("drug mean", "drug + cell line effects")), StringComparison.Ordinal); // the same thrice is once
    }

    [Fact]
    public void An_embedding_that_a_user_made_takes_the_place_of_the_cell_lines_table()
    {
        var made = SimulatedResponses.Make().Problem;
        var cells = new ScFm.Model.Cells.AnnData(ScFm.Model.Cells.CsrMatrix.FromDense(new ScFm.Model.Cells.DenseMatrix(60, 1)), [.. made.Responses.Cells], ["G1"]);
        cells.Obsm["X_scfm"] = made.Tables[0].Values;
        var problem = new ResponseProblem(made.Responses, made.Graphs, CellFeatures.Of(cells, "X_scfm"));
        var split = ResponseSplit.ByCancerType(problem.Responses, 0.2);
        var study = DrugResponseStudy.Run(problem, [(0, split)], [new EffectsMethod(true), new RidgeMethod(), new DeepCdrMethod(Small)]);
        double[] errors = [.. study.Outcomes.Select(outcome => outcome.All.Rmse)];
        Assert.True(errors[1] < 0.5 * errors[0] && errors[2] < 0.7 * errors[0], $"effects {errors[0]}, ridge {errors[1]}, DeepCDR {errors[2]}");
    }

    [Fact]
    public void Screens_of_one_drug_under_other_conditions_have_effects_of_their_own()
    {
        var made = SimulatedResponses.Make(interaction: 0).Problem;
        var of = made.Responses;
        int[] screen = [.. Enumerable.Range(0, of.Count).Select(pair => 2 * of.DrugOfPair[pair] + (of.CellOfPair[pair] / 2 + of.DrugOfPair[pair]) % 2)];
        var responses = new DrugResponses(of.Drugs, of.Cells, of.CancerTypes, of.DrugOfPair.ToArray(), of.CellOfPair.ToArray(), [.. screen.Select((one, pair) => of.Values[pair] + 2 * (one % 2))], screen);
        var problem = new ResponseProblem(responses, made.Graphs, new CellFeatures("simulated", of.Cells, made.Tables[0].Values));
        var study = DrugResponseStudy.Run(problem, [(0, ResponseSplit.ByCancerType(responses, 0.2))], [new EffectsMethod(true), new EffectsMethod(true, ofScreens: true)]);
        Assert.InRange(study.Outcomes[0].All.Rmse, 0.9, 1.2); // half of the difference
        Assert.InRange(study.Outcomes[1].All.Rmse, 0.1, 0.35); // the noise
    }

    [Fact]
    public void Without_an_interaction_nothing_beats_the_effects_clearly()
    {
        var problem = SimulatedResponses.Make(interaction: 0).Problem;
        var split = ResponseSplit.ByCancerType(problem.Responses, 0.2);
        var study = DrugResponseStudy.Run(problem, [(0, split)], [new EffectsMethod(true), new RidgeMethod()]);
        Assert.InRange(study.Outcomes[1].All.Rmse / study.Outcomes[0].All.Rmse, 0.9, 1.1);
    }

    [Fact]
    public void What_was_measured_twice_is_scored_or_learnt_from_but_not_both()
    {
        var of = SimulatedResponses.Make().Problem.Responses;
        var twice = new DrugResponses(
            of.Drugs, of.Cells, of.CancerTypes, [.. of.DrugOfPair, .. of.DrugOfPair], [.. of.CellOfPair, .. of.CellOfPair], [.. of.Values, .. of.Values],
            [.. Enumerable.Range(0, 2 * of.Count).Select(pair => pair / of.Count * of.Drugs.Count + of.DrugOfPair[pair % of.Count])]);
        var split = ResponseSplit.ByCancerType(twice, 0.2);
        HashSet<(int, int)> Measured(IEnumerable<int> pairs) => [.. pairs.Select(pair => (twice.DrugOfPair[pair], twice.CellOfPair[pair]))];
        Assert.Equal(576, split.Test.Length);
        Assert.Equal(288, Measured(split.Test).Count);
        Assert.Empty(Measured(split.Test).Intersect(Measured(split.Training.Concat(split.Validation))));
    }

    [Fact]
    public void A_result_is_kept_until_anything_it_depends_on_changes()
    {
        using var folder = new TemporaryFolder();
        var problem = SimulatedResponses.Make().Problem;
        var split = ResponseSplit.ByCancerType(problem.Responses, 0.2);
        var store = new ResultStore(folder.Path);
        var first = DrugResponseStudy.Run(problem, [(0, split)], [new EffectsMethod(true)], store).Outcomes[0];
        Assert.Equal(first.Seconds, DrugResponseStudy.Run(problem, [(0, split)], [new EffectsMethod(true)], store).Outcomes[0].Seconds);
        var other = DrugResponseStudy.Run(problem, [(0, split)], [new EffectsMethod(true, shrinkage: 50)], store).Outcomes[0];
        Assert.NotEqual(first.All.Rmse, other.All.Rmse);
    }

    [Fact]
    public void A_model_that_was_saved_gives_the_same_answers_and_takes_new_drugs()
    {
        using var folder = new TemporaryFolder();
        var problem = SimulatedResponses.Make().Problem;
        var split = ResponseSplit.ByCancerType(problem.Responses, 0.2);
        var options = Small with { Epochs = 2 };
        var graphs = problem.GraphsFor(options.Config);
        var model = DeepCdrModel.Train(graphs, problem.Tables, problem.Pairs(split.Training), problem.Pairs(split.Validation), options);
        model.Save(folder.File("deepcdr.safetensors"));
        var loaded = Assert.IsType<DeepCdrModel>(Model.Tasks.ModelFiles.Open(folder.File("deepcdr.safetensors")));
        var tables = problem.Tables.Select(table => table.Values).ToArray();
        var pairs = problem.Pairs(split.Test);
        Assert.Equal(model.Predict(graphs, tables, pairs.Drugs, pairs.Cells), loaded.Predict(graphs, tables, pairs.Drugs, pairs.Cells));

        var aspirin = AtomFeatures.Graph(Smiles.Parse("CC(=O)Nc1ccccc1"));
        var unseen = new DrugGraphs(["new"], [aspirin], loaded.Module.Config);
        Assert.True(float.IsFinite(loaded.Predict(unseen, tables, [0], [3])[0]));
    }
}
