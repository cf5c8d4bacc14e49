using ScFm.Model.Tasks.DrugResponse;

namespace ScFm.Model.Tests.Tasks.DrugResponse;

/// <summary>The published data, their test pairs and predictions.</summary>
public sealed class PublishedResponseTests
{
    [Fact]
    public void The_published_tables_join_to_the_pairs_of_the_paper()
    {
        var data = PublishedResponses.Open(TestFolders.Real("deepcdr"));
        Assert.Equal((107_446, 223, 561), (data.Responses.Count, data.Responses.Drugs.Count, data.Responses.Cells.Count));
        Assert.Equal(94_314, PublishedTestPairs.Ordered(data.Responses).Count());
    }

    [Theory]
    [InlineData("published_baseline_predictions.npz", 0.8372, 1.463)]
    [InlineData("published_scfoundation_predictions.npz", 0.8822, 1.271)]
    public void Our_scores_of_the_published_predictions_are_the_published_ones(string file, double pearson, double rmse)
    {
        var (truth, predicted) = PublishedResponses.ReadPredictions(Path.Combine(TestFolders.Real("deepcdr"), file));
        var score = ResponseScore.Of(truth, predicted);
        Assert.Equal(4729, score.Pairs);
        Assert.Equal(pearson, score.Pearson, 4);
        Assert.Equal(rmse, score.Rmse, 3);
    }

    [Fact]
    public void All_published_test_pairs_but_one_are_found_by_value_and_order_and_the_baselines_reach_what_they_should()
    {
        var data = PublishedResponses.Open(TestFolders.Real("deepcdr"));
        var (truth, _) = PublishedResponses.ReadPredictions(Path.Combine(TestFolders.Real("deepcdr"), "published_baseline_predictions.npz"));
        var pairs = PublishedTestPairs.Find(data.Responses, truth);
        Assert.Equal(4728, pairs.Count(pair => pair >= 0));
        for (var i = 0; i < pairs.Length; i++)
        {
            Assert.True(pairs[i] < 0 || data.Responses.Values[pairs[i]] == truth[i]);
        }
        int[] known = [.. pairs.Where(pair => pair >= 0)];
        Assert.Equal(known.Length, known.Distinct().Count());

        var problem = new ResponseProblem(data.Responses, data.Graphs, data.Methylation);
        var split = ResponseSplit.Of("published", PublishedTestPairs.Ordered(data.Responses), known);
        var study = DrugResponseStudy.Run(problem, [(0, split)], [new EffectsMethod(false), new EffectsMethod(true)]);
        Assert.Equal(0.83854, study.Outcomes[0].All.Pearson, 1e-4);
        Assert.Equal(0.87828, study.Outcomes[1].All.Pearson, 1e-4);
    }

    [Fact]
    public void Effects_of_screens_explain_more_than_those_of_drugs_since_some_drugs_were_screened_again()
    {
        var data = PublishedResponses.Open(TestFolders.Real("deepcdr"));
        Assert.Equal((238, 223), (data.Responses.ScreenCount, data.Responses.Drugs.Count));
        var (truth, _) = PublishedResponses.ReadPredictions(Path.Combine(TestFolders.Real("deepcdr"), "published_baseline_predictions.npz"));
        var once = data.Responses.Values.ToArray().CountBy(value => value).Where(value => value.Value == 1).Select(value => value.Key).ToHashSet();
        int[] known = [.. PublishedTestPairs.Find(data.Responses, truth).Where(pair => pair >= 0)];
        int[] plain = Array.FindAll(known, pair => once.Contains(data.Responses.Values[pair]));
        Assert.Equal(4585, plain.Length);

        var split = ResponseSplit.Of("plain", PublishedTestPairs.Ordered(data.Responses).Except(known), plain);
        var study = DrugResponseStudy.Run(
            new ResponseProblem(data.Responses, data.Graphs, data.Methylation), [(0, split)], [new EffectsMethod(true), new EffectsMethod(true, ofScreens: true)]);
        Assert.Equal(["drug + cell line effects", "screen + cell line effects"], study.Methods);
        Assert.Equal(0.8791, study.Outcomes[0].All.Pearson, 2e-4);
        Assert.Equal(0.8824, study.Outcomes[1].All.Pearson, 2e-4);
    }

    [Fact]
    public void A_value_that_is_nowhere_in_the_table_is_refused()
    {
        var data = PublishedResponses.Open(TestFolders.Real("deepcdr"));
        Assert.Contains("The published value 0, 1234.5", Assert.Throws<InvalidDataException>(() => PublishedTestPairs.Find(data.Responses, [1234.5f])).Message, StringComparison.Ordinal);
    }
}
