using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;

namespace ScFm.Model.Tests.Tasks;

/// <summary>Real pretrainings: what the model is worth, against predictors that learn nothing.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class PretrainingTests(ITestOutputHelper output)
{
    [Fact]
    public void A_few_epochs_on_the_sample_beat_both_predictors_that_learn_nothing()
    {
        var everySecond = TaskCells.All.SelectCells([.. Enumerable.Range(0, TaskCells.All.CellCount / 2).Select(i => 2 * i)]);
        var model = Pretraining.Run(everySecond, new PretrainingOptions { Training = new() { Epochs = 3 } });
        var report = model.Report!;
        output.WriteLine(report.ToTable().ToString());
        Assert.True(report.BeatsBaselines, report.ToTable().ToString());
        Assert.True(report.GeneMeanLoss < report.ZeroLoss);
        Assert.Equal(report.Run.BestValidation, report.ModelLoss, 1e-6);

        // Depths of 3 and more (log10 of totals) must not all have fallen into one bin: the model sees what depth it is asked for.
        var cells = TaskCells.First(20);
        var (own, deeper) = (Embedding.Run(model, cells), Embedding.Run(model, cells, new EmbeddingOptions { Depth = Depth.Fold(5) }));
        var change = TaskCells.LargestDifference(own.Values, deeper.Values);
        Assert.True(change > 0.1 * own.Values.Average(Math.Abs), $"five times the depth changes the embedding by no more than {change:G3}");
    }

    [Fact]
    public void A_pretraining_that_is_interrupted_returns_its_model_and_goes_on_to_the_same_model()
    {
        using var folder = new TemporaryFolder();
        var cells = TaskCells.First(60);
        var options = new PretrainingOptions { LeastCells = 25, Training = new() { Epochs = 2, WarmUpSteps = 3 } };
        var expected = Pretraining.Run(cells, options);

        using var stop = new CancellationTokenSource();
        var checkpoint = folder.File("run.safetensors");
        var stopped = Pretraining.Run(cells, options, checkpoint, new Told(p => { if (p.Step == 5) { stop.Cancel(); } }), stop.Token);
        Assert.Equal((TrainingEnd.Interrupted, 5), (stopped.Report!.Run.End, stopped.Report.Run.Steps));
        Assert.Equal(60, Embedding.Run(stopped, cells).Rows);

        var resumed = Pretraining.Run(cells, options, checkpoint);
        var (bits, again) = (SmallRun.BitsOf(expected.Module), SmallRun.BitsOf(resumed.Module));
        Assert.All(bits, b => Assert.Equal(b.Value, again[b.Key]));
        Assert.Equal(expected.Report!.ModelLoss, resumed.Report!.ModelLoss);
        Assert.Equal(expected.Report.HeldOut, resumed.Report.HeldOut);
    }

    [Fact]
    public void The_held_out_cells_have_no_part_in_the_training()
    {
        var cells = TaskCells.First(40);
        var options = new PretrainingOptions { LeastCells = 15, WarmStart = true, Training = new() { Epochs = 1, Patience = 0 } };
        var first = Pretraining.Run(cells, options);
        // other counts in the held-out cells: the vocabulary given, nothing of what was learnt may change
        var x = cells.X.SelectRows([.. Enumerable.Range(0, 40)]);
        foreach (var cell in first.Report!.HeldOut)
        {
            x.RowValues(cell).Fill(7);
        }
        var second = Pretraining.Run(cells.WithX(x), options with { Vocabulary = first.Vocabulary });
        Assert.Equal(first.Report.HeldOut, second.Report!.HeldOut);
        var (bits, again) = (SmallRun.BitsOf(first.Module), SmallRun.BitsOf(second.Module));
        Assert.All(bits, b => Assert.Equal(b.Value, again[b.Key]));
        Assert.NotEqual(first.Report.ModelLoss, second.Report.ModelLoss);
    }

    [Fact]
    public void Too_few_cells_and_cells_without_genes_are_named()
    {
        Assert.Equal("There are 1 cells; expected at least 2, to train on and to hold out.", Assert.Throws<ArgumentException>(() => Pretraining.Run(TaskCells.First(1))).Message);
        var cells = TaskCells.First(20);
        var vocabulary = new GeneVocabulary(["NOT1", "NOT2"]);
        Assert.NotEmpty(Assert.Throws<InvalidDataException>(() => Pretraining.Run(cells, new() { Vocabulary = vocabulary })).Message);
        Assert.StartsWith("There is no preset 'huge'; ", Assert.Throws<ArgumentException>(() => Pretraining.Run(cells, new() { Preset = "huge" })).Message);
    }

    [Fact]
    public void On_pbmc3k_the_model_restores_held_out_cells_thinned_to_a_tenth_better_than_they_are()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SCFM_LONG_TESTS") == "1", "This pretrains for minutes; set SCFM_LONG_TESTS=1 to run it.");
        var cells = QualityControl.Filter(AnnDataReader.Read(TestFolders.Real("pbmc3k"))).Cells;
        var model = Pretraining.Run(cells);
        var report = model.Report!;
        output.WriteLine(report.ToTable().ToString());
        Assert.True(report.BeatsBaselines, report.ToTable().ToString());

        var training = cells.SelectCells([.. Enumerable.Range(0, cells.CellCount).Except(report.HeldOut)]);
        var trial = EnhancementTrial.Run(model, cells.SelectCells(report.HeldOut), GeneMeans.Of(model.Read(training).Counts));
        output.WriteLine(trial.ToTable().ToString());
        var (before, after) = (trial.ObservedScores, trial.ModelScores);
        Assert.True(after.MeanAbsoluteError < before.MeanAbsoluteError && after.MeanRelativeError < before.MeanRelativeError && after.Pearson > before.Pearson,
            trial.ToTable().ToString());
    }
}
