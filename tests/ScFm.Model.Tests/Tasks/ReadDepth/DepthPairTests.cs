using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Tables;
using ScFm.Model.Tasks.Enhancers;
using ScFm.Model.Tasks.ReadDepth;

namespace ScFm.Model.Tests.Tasks.ReadDepth;

public sealed class DepthPairTests
{
    [Fact]
    public void Thinning_keeps_about_its_share_of_the_reads_and_the_deep_cells_as_they_were()
    {
        var cells = TaskCells.First(50);
        var pair = DepthPair.Thin(cells, 0.1, seed: 4);
        Assert.Equal(0, pair.LeftOut);
        Assert.Equal(cells.X.Values, pair.Deep.X.Values);
        Assert.Equal(Downsampling.Binomial(cells.X, 0.1, seed: 4).Values, pair.Shallow.X.Values);
        Assert.InRange(pair.Rate, 0.09, 0.11);
    }

    [Fact]
    public void A_cell_that_loses_all_reads_is_left_out_of_both_depths()
    {
        var (_, cells) = TaskCells.Five();
        var pair = DepthPair.Thin(cells(new float[,] { { 1, 0, 0, 0, 0 }, { 500, 500, 0, 0, 0 } }), 0.01, seed: 3);
        Assert.Equal((1, 1, 1), (pair.LeftOut, pair.Shallow.CellCount, pair.Deep.CellCount));
        Assert.Equal(["cell-1"], pair.Deep.ObsNames);
    }

    [Fact]
    public void The_scores_are_over_the_genes_that_the_deep_cells_express_whatever_is_said_of_the_others()
    {
        var (_, cells) = TaskCells.Five();
        var deep = cells(new float[,] { { 40, 0, 60, 0, 100 }, { 0, 30, 0, 0, 0 } });
        var pair = DepthPair.Thin(deep, 0.5, seed: 9);
        var expression = new DenseMatrix(2, 5, [1, 99, 2, 99, 3, 99, 4, 99, 99, 99]);
        Assert.Equal([1, 2, 3, 4], pair.ValuesAt(expression));
        Assert.Equal([0, 2, 4, 1], pair.TrueGenes.ToArray());

        double[] truth = [Math.Log(1 + 2000), Math.Log(1 + 3000), Math.Log(1 + 5000), Math.Log(1 + 10_000)];
        double[] given = [1, 2, 3, 4];
        var scores = pair.Score(expression);
        Assert.Equal(4, scores.Entries);
        Assert.Equal(truth.Zip(given, (t, p) => t - p).Average(), scores.MeanAbsoluteError, 5);
        Assert.Equal(truth.Zip(given, (t, p) => (t - p) / t).Average(), scores.MeanRelativeError, 5);
        Assert.Equal(truth.Zip(given, (t, p) => (t - p) * (t - p) / t).Average(), scores.MeanRelativeSquaredError, 5);
        Assert.Equal(Correlation.Pearson<double>(truth, given).Coefficient, scores.Pearson, 5);
    }

    [Fact]
    public void The_whole_truth_scores_best_of_all()
    {
        var pair = DepthPair.Thin(TaskCells.First(20), 0.2, seed: 1);
        var scores = pair.Score(new ObservedEnhancer().Enhance(pair.Deep));
        Assert.Equal((0.0, 0.0, 0.0), (scores.MeanAbsoluteError, scores.MeanRelativeError, scores.MeanRelativeSquaredError));
        Assert.Equal(1, scores.Pearson, 9);
    }

    [Fact]
    public void Profiles_of_one_cell_are_matched_by_name_and_cells_of_one_depth_are_left_alone()
    {
        var profiles = Profiles(["a", "b", "b", "a", "c"], ["Low", "High", "Low", "High", "High"]);
        var pair = DepthPair.Match(profiles, "library", "depth", deep: "High", shallow: "Low");
        Assert.Equal(["cell-1", "cell-3"], pair.Deep.ObsNames);
        Assert.Equal(["cell-2", "cell-0"], pair.Shallow.ObsNames);
    }

    [Fact]
    public void A_cell_with_two_profiles_of_one_depth_or_no_pair_at_all_is_refused()
    {
        var twice = Assert.Throws<InvalidDataException>(() => DepthPair.Match(Profiles(["a", "a", "a"], ["Low", "Low", "High"]), "library", "depth", "High", "Low"));
        Assert.Equal("The cell 'a' has two profiles with depth = Low; expected one.", twice.Message);
        var none = Assert.Throws<InvalidDataException>(() => DepthPair.Match(Profiles(["a", "b"], ["Low", "High"]), "library", "depth", "High", "Low"));
        Assert.Equal("No library has a profile with depth = High and one with depth = Low; there are 1 and 1, expected pairs.", none.Message);
    }

    [Fact]
    public void Real_cells_sequenced_twice_lose_most_reads_of_their_deep_profile()
    {
        var profiles = AnnDataReader.Read(TestFolders.Real("pollen-brain"));
        var pair = DepthPair.Match(profiles, "library", "Coverage_Type", "High", "Low");
        Assert.Equal(52, pair.Deep.CellCount);
        Assert.InRange(pair.Rate, 0.005, 0.2);
        Assert.True(pair.Score(new ObservedEnhancer().Enhance(pair.Shallow)).Pearson > 0.5);
    }

    private static AnnData Profiles(string[] library, string[] depth)
    {
        var (_, cells) = TaskCells.Five();
        var counts = new float[library.Length, 5];
        for (var row = 0; row < library.Length; row++)
        {
            counts[row, row % 5] = 1;
        }
        var profiles = cells(counts);
        profiles.Obs = new Table(new TextColumn("library", library), new TextColumn("depth", depth));
        return profiles;
    }
}
