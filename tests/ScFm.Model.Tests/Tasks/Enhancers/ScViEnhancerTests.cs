using ScFm.Model.Cells;
using ScFm.Model.Metrics;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tasks.Enhancers;
using ScFm.Model.Tests.Models.ScVi;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.Enhancers;

[Collection(nameof(TorchGenerator))]
public sealed class ScViEnhancerTests
{
    private static readonly ScViOptions Quick = new() { Config = new() { Hidden = 32, Latent = 4 }, BatchSize = 32, LearningRate = 0.01 };

    [Fact]
    public void Thinned_cells_come_back_nearer_to_the_truth_than_they_are()
    {
        var (cells, shares) = PlantedCells.MakeWithShares(500);
        var thinned = cells.WithX(Downsampling.Binomial(cells.X, 0.5, seed: 1));
        var enhanced = new ScViEnhancer(Quick with { Epochs = 60 }).Enhance(thinned);
        var truth = Array.ConvertAll(shares.Values, share => MathF.Log(1 + 1e4f * share));
        var before = Reconstruction.MeanSquaredError<float>(truth, Normalisation.LogNormalise(thinned.X).ToDense().Values);
        var after = Reconstruction.MeanSquaredError<float>(truth, enhanced.Values);
        Assert.True(after < 0.5 * before, $"{after} after, {before} before");
    }

    [Fact]
    public void The_values_are_log1p_of_counts_per_10_000_and_the_same_for_the_same_seed()
    {
        var cells = PlantedCells.Make(60);
        var told = new List<int>();
        var enhancer = new ScViEnhancer(Quick with { Epochs = 3 });
        var enhanced = enhancer.Enhance(cells, new ToldCells(told.Add));
        Assert.Equal((60, 40), (enhanced.Rows, enhanced.Columns));
        for (var cell = 0; cell < 60; cell++)
        {
            Assert.Equal(1e4, enhanced.Row(cell).ToArray().Sum(v => Math.Exp(v) - 1), 1);
        }
        Assert.Equal(enhanced.Values, enhancer.Enhance(cells).Values);
        Assert.Equal(told.Distinct().Order(), told);
        Assert.Equal(60, told[^1]);
        Assert.True(told.Count > 3);
    }

    [Fact]
    public void The_name_says_which_model_it_is()
    {
        Assert.Equal("scVI", new ScViEnhancer().Name);
        Assert.Equal("LDVAE", new ScViEnhancer(new() { Config = ScViConfig.Linear }).Name);
    }

    [Fact]
    public void A_cancelled_run_throws_and_gives_nothing()
    {
        using var stop = new CancellationTokenSource();
        var progress = new ToldCells(cells => { if (cells > 10) { stop.Cancel(); } });
        Assert.Throws<OperationCanceledException>(() => new ScViEnhancer(Quick with { Epochs = 5 }).Enhance(PlantedCells.Make(60), progress, stop.Token));
    }

    [Fact]
    public void Wrong_options_are_named_before_anything_is_done() =>
        Assert.Equal("Dropout is 1; expected 0 to 0.99.", Assert.Throws<ArgumentException>(() => new ScViEnhancer(new() { Config = new() { Dropout = 1 } })).Message);

    /// <summary>Listens in the run's own thread.</summary>
    private sealed class ToldCells(Action<int> told) : IProgress<int>
    {
        public void Report(int value) => told(value);
    }
}
