using MathNet.Numerics;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScVi;
using ScFm.Model.Tables;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;
using ScFm.Torch.Extras;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScVi;

[Collection(nameof(TorchGenerator))]
public sealed class ScViTrainingTests
{
    private static readonly ScViOptions Quick = new()
    {
        Config = new ScViConfig { Hidden = 16, Latent = 4 },
        Epochs = 3,
        BatchSize = 32,
        LearningRate = 0.01,
        Seed = 3,
    };

    private static readonly ScViConfig Ldvae = ScViConfig.Linear with { Hidden = 32, Latent = 4, Dropout = 0 };

    public static TheoryData<ScViConfig> Shapes => new()
    {
        Ldvae,
        Ldvae with { Decoder = DecoderKind.Network, Likelihood = CountLikelihood.ZeroInflatedNegativeBinomial, ObservedLibrary = true, Dispersion = DispersionKind.GeneBatch },
    };

    [Theory]
    [MemberData(nameof(Shapes), DisableDiscoveryEnumeration = true)]
    public void Planted_factors_are_found_so_that_cells_held_out_are_likelier_than_under_gene_means(ScViConfig config)
    {
        var cells = PlantedCells.Make(600);
        var options = Quick with { Config = config, Epochs = 60, BatchColumn = "lab", WarmUpEpochs = 20, HeldOutShare = 0.2 };
        var model = ScViModel.Train(cells, options);
        Assert.Equal(120, model.Report!.HeldOut.Length);
        var bound = -model.Report.Run.Validations[^1].Loss; // at most the logarithm of the probability
        var means = GeneMeanLogProbability(cells, model.Report.HeldOut);
        Assert.True(bound > means + 5, $"the model's bound is {bound:F2}, gene means give {means:F2} a cell");
    }

    [Fact]
    public void Cells_of_mixed_depth_train_though_the_held_out_bound_overflows_until_running_statistics_settle()
    {
        var cells = PlantedCells.Make(230, genes: 1000, deepEvery: 8);
        var options = ScViOptions.Paper with { Epochs = 75, Seed = 1 };
        var model = ScViModel.Train(cells, options);
        var run = model.Report!.Run;
        Assert.Equal(TrainingEnd.Finished, run.End);
        Assert.All(run.Losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.Equal(double.PositiveInfinity, run.Validations[0].Loss);
        Assert.All(run.Validations.Where(validation => validation.Step > 100), validation => Assert.True(double.IsFinite(validation.Loss)));
        Assert.Equal(run.Validations[^1].Loss, model.Report.ModelLoss);
        Assert.True(model.Report.ModelLoss < run.Validations.First(validation => double.IsFinite(validation.Loss)).Loss / 3);
        Assert.StartsWith($"In {run.Validations.Count(validation => double.IsInfinity(validation.Loss))} of 75 validations, the last after step ", model.Report.Remark, StringComparison.Ordinal);

        var even = ScViModel.Train(PlantedCells.Make(150), Quick with { Config = Ldvae }).Report!;
        Assert.All(even.Run.Validations, validation => Assert.True(double.IsFinite(validation.Loss)));
        Assert.Null(even.Remark);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        var cells = PlantedCells.Make(150);
        var (first, second, other) = (ScViModel.Train(cells, Quick), ScViModel.Train(cells, Quick), ScViModel.Train(cells, Quick with { Seed = 4 }));
        var bits = SmallRun.BitsOf(first.Module);
        Assert.All(SmallRun.BitsOf(second.Module), b => Assert.Equal(bits[b.Key], b.Value));
        Assert.NotEqual(bits["px_r"], SmallRun.BitsOf(other.Module)["px_r"]);
        Assert.Equal(first.Report!.HeldOut, second.Report!.HeldOut);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        Assert.SkipUnless(Kernels.Take(zeros(1)), "There are no kernels for this processor, and plain products depend on the threads.");
        var (cells, threads) = (PlantedCells.Make(150, genes: 300), get_num_threads());
        try
        {
            set_num_threads(1);
            var bits = SmallRun.BitsOf(ScViModel.Train(cells, Quick with { Config = Ldvae with { Hidden = 128 } }).Module);
            set_num_threads(2);
            Assert.All(SmallRun.BitsOf(ScViModel.Train(cells, Quick with { Config = Ldvae with { Hidden = 128 } }).Module), b => Assert.Equal(bits[b.Key], b.Value));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void A_run_that_is_stopped_and_resumed_gives_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var (cells, checkpoint) = (PlantedCells.Make(150), folder.File("run.safetensors"));
        var whole = ScViModel.Train(cells, Quick);
        using var stop = new CancellationTokenSource();
        var stopped = ScViModel.Train(cells, Quick, checkpoint, new Told(p => { if (p.Step == 7) { stop.Cancel(); } }), stop.Token);
        Assert.Equal((TrainingEnd.Interrupted, 7), (stopped.Report!.Run.End, stopped.Report.Run.Steps));
        var resumed = ScViModel.Train(cells, Quick, checkpoint);
        Assert.Equal(TrainingEnd.Finished, resumed.Report!.Run.End);
        var bits = SmallRun.BitsOf(whole.Module);
        Assert.All(SmallRun.BitsOf(resumed.Module), b => Assert.Equal(bits[b.Key], b.Value));
        Assert.Throws<InvalidDataException>(() => ScViModel.Train(cells, Quick with { WarmUpEpochs = 1 }, checkpoint));
    }

    [Fact]
    public void A_run_goes_on_with_another_column_of_obs_but_not_with_other_batches()
    {
        using var folder = new TemporaryFolder();
        var (cells, checkpoint) = (PlantedCells.Make(60), folder.File("run.safetensors"));
        ScViModel.Train(cells, Quick with { BatchColumn = "lab", Epochs = 1 }, checkpoint);
        cells.Obs = cells.Obs.With(CategoryColumn.FromLabels("half", Enumerable.Range(0, 60).Select(cell => cell < 30 ? "A" : "B")));
        Assert.Equal(TrainingEnd.Finished, ScViModel.Train(cells, Quick with { BatchColumn = "lab", Epochs = 1 }, checkpoint).Report!.Run.End);
        Assert.Contains("checkpoint of another run", Assert.Throws<InvalidDataException>(() => ScViModel.Train(cells, Quick with { BatchColumn = "half", Epochs = 1 }, checkpoint)).Message);
    }

    [Fact]
    public void Held_out_cells_have_no_part_in_the_training()
    {
        var cells = PlantedCells.Make(150);
        var first = ScViModel.Train(cells, Quick);
        var x = cells.X.SelectRows([.. Enumerable.Range(0, cells.CellCount)]);
        foreach (var cell in first.Report!.HeldOut)
        {
            x.RowValues(cell).Fill(9);
        }
        var second = ScViModel.Train(cells.WithX(x), Quick);
        var bits = SmallRun.BitsOf(first.Module);
        Assert.All(SmallRun.BitsOf(second.Module), b => Assert.Equal(bits[b.Key], b.Value));
        Assert.NotEqual(first.Report.Run.Validations[^1].Loss, second.Report!.Run.Validations[^1].Loss);
    }

    [Fact]
    public void Training_stops_where_the_held_out_bound_no_longer_rises_and_keeps_the_best_weights()
    {
        var cells = PlantedCells.Make(100);
        var options = Quick with { Epochs = 400, Patience = 3, LearningRate = 0.05, WarmUpEpochs = 0 };
        var model = ScViModel.Train(cells, options);
        var run = model.Report!.Run;
        Assert.Equal(TrainingEnd.StoppedEarly, run.End);
        Assert.All(run.Validations.TakeLast(3), v => Assert.True(v.Loss > run.BestValidation));
        Assert.True(run.Steps > 500, "It stopped before the running statistics had settled.");
        var best = run.Validations.Single(v => v.Loss == run.BestValidation).Step;
        var stepsInEpoch = run.Validations[0].Step;
        var asShort = ScViModel.Train(cells, options with { Epochs = best / stepsInEpoch, Patience = 0 });
        var bits = SmallRun.BitsOf(asShort.Module);
        Assert.All(SmallRun.BitsOf(model.Module), b => Assert.Equal(bits[b.Key], b.Value));
    }

    [Fact]
    public void The_latent_space_s_divergence_is_weighted_by_the_epoch_until_the_warm_up_ends()
    {
        using var scope = NewDisposeScope();
        var cells = PlantedCells.Make(60);
        manual_seed(0);
        var module = new ScViModule(Ldvae with { ObservedLibrary = true }, cells.GeneCount);
        var task = new ScViTask(module, cells, new long[60], Splits.Random(60, 0.1, 0, 0), Quick with { WarmUpEpochs = 10 });
        double Loss(int epoch)
        {
            manual_seed(1);
            return task.Loss([0, 1, 2, 3, 4, 5, 6, 7], epoch).Loss.item<float>();
        }
        var divergence = Loss(10) - Loss(0);
        Assert.True(divergence > 0.01);
        Assert.Equal(0.3 * divergence, Loss(3) - Loss(0), 1e-4);
        Assert.Equal(divergence, Loss(25) - Loss(0), 1e-4);
    }

    [Theory]
    [InlineData(3_000, 400)]
    [InlineData(20_000, 400)]
    [InlineData(30_000, 267)]
    [InlineData(50_000_000, 1)]
    public void The_default_number_of_epochs_falls_with_the_cells_beyond_20_000(int cells, int epochs)
    {
        Assert.Equal(epochs, new ScViOptions().Loop(cells).Epochs);
        Assert.Equal(7, (Quick with { Epochs = 7 }).Loop(cells).Epochs);
    }

    [Theory]
    [InlineData(150, 32, 15)]
    [InlineData(179, 32, 19)] // 161 to train on would leave the last one alone
    [InlineData(21, 6, 3)] // so would 19
    [InlineData(3, 2, 1)]
    public void No_batch_is_of_a_single_cell(int cells, int batchSize, int heldOut)
    {
        var model = ScViModel.Train(PlantedCells.Make(cells), Quick with { BatchSize = batchSize, Epochs = 1 });
        Assert.Equal(heldOut, model.Report!.HeldOut.Length);
        Assert.All(model.Report.Run.Losses, loss => Assert.True(double.IsFinite(loss)));
    }

    [Fact]
    public void Cells_that_cannot_be_trained_on_are_named()
    {
        var cells = PlantedCells.Make(40);
        string Data(AnnData given, ScViOptions options) => Assert.Throws<InvalidDataException>(() => ScViModel.Train(given, options)).Message;

        Assert.StartsWith("Raw counts are needed, but the values are ", Data(Normalisation.LogNormalise(cells), Quick), StringComparison.Ordinal);
        var empty = cells.X.ToDense();
        empty.Row(5).Clear();
        Assert.Equal("Cell 5 ('cell-5') has no expressed gene among 40; expected at least one: filter the cells first.", Data(cells.WithX(CsrMatrix.FromDense(empty)), Quick));
        Assert.Contains("donor", Assert.Throws<KeyNotFoundException>(() => ScViModel.Train(cells, Quick with { BatchColumn = "donor" })).Message, StringComparison.Ordinal);
        var unlabelled = cells.WithX(cells.X);
        unlabelled.Obs = new Table(CategoryColumn.FromLabels("lab", Enumerable.Range(0, 40).Select(i => i == 7 ? null : "A")));
        Assert.Equal("Cell 7 ('cell-7') has no value in the column 'lab'; expected the label of its batch.", Data(unlabelled, Quick with { BatchColumn = "lab" }));
        var alike = new DenseMatrix(40, 40);
        Array.Fill(alike.Values, 1);
        Assert.Equal(
            "The cells have all the same library size, 40; expected different ones where the library size is to be inferred: set ObservedLibrary.",
            Data(cells.WithX(CsrMatrix.FromDense(alike)), Quick with { Config = Ldvae }));
        Assert.Equal("There are 2 cells; expected at least 3, to train on and to hold out.", Assert.Throws<ArgumentException>(() => ScViModel.Train(cells.SelectCells([0, 1]), Quick)).Message);
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        string Message(ScViOptions options) => Assert.Throws<ArgumentException>(() => ScViModel.Train(PlantedCells.Make(20), options)).Message;
        Assert.Equal("BatchSize is 1; expected 2 to 65536.", Message(Quick with { BatchSize = 1 }));
        Assert.Equal("Epochs is 0; expected 1 to 100000.", Message(Quick with { Epochs = 0 }));
        Assert.Equal("HeldOutShare is 0; expected 0.001 to 0.9.", Message(Quick with { HeldOutShare = 0 }));
        Assert.Equal("Latent is 0; expected 1 to 4096.", Message(Quick with { Config = new ScViConfig { Latent = 0 } }));
    }

    /// <summary>The mean logarithm of the probability of the held-out cells under each gene's share and a dispersion fitted by moments, both from the training cells.</summary>
    private static double GeneMeanLogProbability(AnnData cells, int[] heldOut)
    {
        var (counts, totals) = (cells.X.ToDense(), cells.X.RowSums());
        var training = Enumerable.Range(0, cells.CellCount).Except(heldOut).ToArray();
        var all = training.Sum(cell => totals[cell]);
        var sum = 0.0;
        for (var gene = 0; gene < cells.GeneCount; gene++)
        {
            var share = training.Sum(cell => (double)counts[cell, gene]) / all;
            // variance = mean + mean squared / dispersion
            var excess = training.Sum(cell => Math.Pow(counts[cell, gene] - share * totals[cell], 2) - share * totals[cell]);
            var dispersion = training.Sum(cell => Math.Pow(share * totals[cell], 2)) / Math.Max(excess, 1e-3);
            foreach (var cell in heldOut)
            {
                var (x, mean) = ((double)counts[cell, gene], Math.Max(share * totals[cell], 1e-6));
                sum += SpecialFunctions.GammaLn(x + dispersion) - SpecialFunctions.GammaLn(dispersion) - SpecialFunctions.GammaLn(x + 1)
                    + dispersion * Math.Log(dispersion / (dispersion + mean)) + x * Math.Log(mean / (dispersion + mean));
            }
        }
        return sum / heldOut.Length;
    }
}
