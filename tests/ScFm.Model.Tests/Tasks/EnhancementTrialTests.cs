using ScFm.Model.Cells;
using ScFm.Model.Tables;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks;

[Collection(nameof(TorchGenerator))]
public sealed class EnhancementTrialTests
{
    [Fact]
    public void The_columns_of_a_trial_are_the_true_thinned_mean_and_enhanced_values_of_the_expressed_genes()
    {
        var (model, cells) = TaskCells.Five();
        var counts = cells(new float[,] { { 40, 0, 60, 0, 100 }, { 0, 30, 0, 0, 0 } });
        float[] means = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f];
        var trial = EnhancementTrial.Run(model, counts, means, rate: 0.5, seed: 9);

        Assert.Equal(0.5, trial.Rate);
        // truth: log(1 + 10,000 share), at A, C and E of the first cell and B of the second
        double[] truth = [Math.Log(1 + 2000), Math.Log(1 + 3000), Math.Log(1 + 5000), Math.Log(1 + 10_000)];
        Assert.All(truth.Zip(trial.Truth), p => Assert.Equal(p.First, p.Second, 5));
        Assert.Equal([0.1f, 0.3f, 0.5f, 0.2f], trial.GeneMean.Select(v => (float)v));

        // thinned: the second cell has one gene and keeps all of its share; the first one's three shares add to one
        Assert.Equal(4, trial.Observed.Length);
        Assert.Equal(Math.Log(1 + 10_000), trial.Observed[3], 5);
        Assert.Equal(10_000, trial.Observed[..3].Sum(v => Math.Exp(v) - 1), 0);
        Assert.NotEqual(trial.Truth[..3], trial.Observed[..3]);

        // the model's: what Enhancement gives for the thinned cells at twice their depth
        var thinned = counts.WithX(Downsampling.Binomial(counts.X, 0.5, seed: 9));
        var enhanced = Enhancement.Run(model, thinned, new() { Depth = Model.Models.ScFoundation.Depth.Fold(2), Seed = 9 });
        Assert.Equal([enhanced[0, 0], enhanced[0, 2], enhanced[0, 4], enhanced[1, 1]], trial.Model.Select(v => (float)v));
    }

    [Fact]
    public void The_scores_and_the_sentences_are_those_of_the_columns()
    {
        var trial = new EnhancementTrial { Rate = 0.1, Truth = [1, 2, 4], Observed = [2, 2, 2], GeneMean = [1, 2, 4], Model = [1.5, 2, 3] };
        Assert.Equal((1.0 + 0 + 2) / 3, trial.ObservedScores.MeanAbsoluteError, 12);
        Assert.Equal((1.0 + 0 + 0.5) / 3, trial.ObservedScores.MeanRelativeError, 12);
        Assert.Equal((0.5, 0.25), (trial.ModelScores.MeanAbsoluteError, trial.ModelScores.MeanRelativeError));
        Assert.Equal((0.0, 1.0), (trial.GeneMeanScores.MeanAbsoluteError, Math.Round(trial.GeneMeanScores.Pearson, 12)));
        var table = trial.ToTable();
        Assert.Equal("thinned cells, gene mean, model", string.Join(", ", Assert.IsType<TextColumn>(table.Find("values")).Values));
        Assert.Equal([1, 0, 0.5], Assert.IsType<NumberColumn>(table.Find("MAE")).Values.ToArray());
        Assert.Equal("The model does not beat the gene means in MAE, MRE, Pearson: train it longer or on more cells.", trial.Shortcomings().Last());
        Assert.Empty((trial with { GeneMean = [4, 3, 1], Observed = [4, 3, 1] }).Shortcomings());
    }

    [Fact]
    public void Cells_that_thinning_empties_are_left_out()
    {
        var (model, cells) = TaskCells.Five();
        var trial = EnhancementTrial.Run(model, cells(new float[,] { { 1, 0, 0, 0, 0 }, { 500, 500, 0, 0, 0 } }), new float[5], rate: 0.01, seed: 3);
        Assert.Equal(2, trial.Truth.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_rate_that_keeps_nothing_or_all_is_refused(double rate)
    {
        var (model, cells) = TaskCells.Five();
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => EnhancementTrial.Run(model, cells(new float[,] { { 1, 2, 3, 4, 5 } }), new float[5], rate));
        Assert.StartsWith($"The rate is {rate}; expected a number above 0 and below 1.", error.Message);
    }
}
