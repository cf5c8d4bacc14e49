using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.ScBert;
using ScFm.Model.Tests.Models.Geneformer;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;
using TorchSharp;

namespace ScFm.Model.Tests.Models.ScBert;

/// <summary>Pretraining: what it learns, what it is compared with, and that it goes on exactly.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ScBertTrainingTests
{
    internal static readonly ScBertOptions Small = new()
    {
        Config = new() { Width = 24, Layers = 2, Heads = 2, HeadWidth = 8, RedrawInterval = 0 },
        HeldOutShare = 0.1,
        Training = new() { Epochs = 12, BatchSize = 16, LearningRate = 5e-3, WarmUpSteps = 20, Patience = 0, Seed = 3 },
    };

    [Fact]
    public void A_small_model_learns_bins_that_depend_on_the_gene_better_than_any_frequency()
    {
        var model = ScBertModel.Train(LeveledGenes.Make(600), Small);
        var report = model.Report!;
        Assert.True(report.BeatsBaselines, report.ToTable().ToString());
        Assert.True(report.Model.Accuracy > report.Cell.Accuracy + 0.3, report.ToTable().ToString());
        Assert.True(report.MajorityShare < 0.8, report.Summary);
        Assert.Equal(report.Run.Validations[^1].Loss, report.Model.Loss, 1e-9);
        Assert.Equal(60, report.HeldOut.Length);
    }

    [Fact]
    public void Without_gene_vectors_every_hidden_bin_of_a_cell_gets_the_same_prediction()
    {
        var cells = LeveledGenes.Make(300);
        var model = ScBertModel.Train(cells, Small with { Config = Small.Config with { GeneVectors = GeneVectorKind.None }, Training = Small.Training with { Epochs = 3 } });
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var cell = new BinReader(cells, model.Genes, model.Config).Read([0])[0];
        var hidden = BinMasking.Hide(cell, new BinMaskingOptions { MaskShare = 1 }, model.Config.MaskToken, Seeds.For(1));
        var logits = model.Module.call(BinBatch.Pack([hidden], model.Genes.Count));
        Assert.True(logits.shape[0] > 1);
        Assert.True(Golden.LargestDifference(logits, logits[0].expand_as(logits)) < 1e-5);
    }

    [Fact]
    public void Frequencies_of_bins_give_the_entropy_and_the_majority_of_what_is_drawn_by_them()
    {
        // bin 1 three times in four, else bin 2
        var random = new Random(1);
        int Bin() => random.NextDouble() < 0.75 ? 1 : 2;
        var counts = new long[3];
        for (var i = 0; i < 10_000; i++)
        {
            counts[Bin()]++;
        }
        var frequencies = new BinFrequencies(counts);
        MaskedBins[] hidden = [.. Enumerable.Range(0, 2000).Select(_ => new MaskedBins(new BinnedCell([0, 1, 2], [Bin(), 2, 2]), [0, 1], [Bin(), Bin()]))];
        var entropy = -(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25));
        Assert.Equal(entropy, frequencies.ScoreOfCorpus(hidden).Loss, 0.02);
        Assert.Equal(0.75, frequencies.ScoreOfCorpus(hidden).Accuracy, 0.02);
        Assert.Equal(0.25, frequencies.ScoreOfCell(hidden).Accuracy, 0.02); // each cell shows two of bin 2
        Assert.Equal(4000, frequencies.ScoreOfCell(hidden).Count);
    }

    [Fact]
    public void A_mask_is_no_bin_and_ties_and_cells_that_show_nothing_go_to_the_commoner_bin()
    {
        var frequencies = new BinFrequencies([100, 1, 5, 2]);
        Assert.Equal(2, frequencies.MajorityOf(new BinnedCell([], [])));
        Assert.Equal(2, frequencies.MajorityOf(new BinnedCell([0, 1, 2], [4, 4, 4])));
        Assert.Equal(2, frequencies.MajorityOf(new BinnedCell([0, 1], [2, 3])));
        Assert.Equal(3, frequencies.MajorityOf(new BinnedCell([0, 1, 2], [3, 2, 3])));
        Assert.Equal(1, frequencies.MajorityOf(new BinnedCell([0, 1, 2], [1, 1, 2])));
    }

    [Fact]
    public void Hidden_bins_are_as_many_and_masked_as_often_as_asked()
    {
        var cell = new BinnedCell([.. Enumerable.Range(5, 200)], [.. Enumerable.Range(0, 200).Select(i => 1 + i % 5)]);
        var masked = 0;
        for (var i = 0; i < 200; i++)
        {
            var hidden = BinMasking.Hide(cell, new BinMaskingOptions(), maskToken: 6, Seeds.For(1, i));
            Assert.Equal(30, hidden.Predicted.Length);
            Assert.Equal(hidden.Predicted.Select(place => cell.Bins[place]), hidden.Targets);
            Assert.Equal(cell.Genes, hidden.Seen.Genes);
            Assert.All(Enumerable.Range(0, 200).Except(hidden.Predicted), place => Assert.Equal(cell.Bins[place], hidden.Seen.Bins[place]));
            masked += hidden.Predicted.Count(place => hidden.Seen.Bins[place] == 6);
            Assert.All(hidden.Predicted, place => Assert.True(hidden.Seen.Bins[place] == 6 || hidden.Seen.Bins[place] == cell.Bins[place]));
        }
        Assert.Equal(0.9, masked / 6000.0, 0.02);
        Assert.Single(BinMasking.Hide(new BinnedCell([3], [2]), new BinMaskingOptions(), 6, Seeds.For(1)).Predicted);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(4, true)]
    public void A_run_that_is_stopped_and_resumed_ends_with_the_same_bits(int redrawInterval, bool recompute)
    {
        using var folder = new TemporaryFolder();
        var cells = LeveledGenes.Make(120);
        var options = Small with { Config = Small.Config with { RedrawInterval = redrawInterval }, RecomputeActivations = recompute, Training = Small.Training with { Epochs = 2, ValidateEvery = 3 } };
        var expected = ScBertModel.Train(cells, options);
        var checkpoint = folder.File("run.safetensors");
        using (var stop = new CancellationTokenSource())
        {
            var stopped = ScBertModel.Train(cells, options, checkpoint, new Told(progress => { if (progress.Step == 5) { stop.Cancel(); } }), stop.Token);
            Assert.Equal((TrainingEnd.Interrupted, 5), (stopped.Report!.Run.End, stopped.Report.Run.Steps));
        }
        var resumed = ScBertModel.Train(cells, options, checkpoint);
        Assert.Equal(expected.Report!.Run.Losses, resumed.Report!.Run.Losses);
        Assert.Equal(expected.Report.Run.Validations, resumed.Report.Run.Validations);
        var (bits, found) = (SmallRun.BitsOf(expected.Module), SmallRun.BitsOf(resumed.Module));
        Assert.All(bits, weight => Assert.True(weight.Value.AsSpan().SequenceEqual(found[weight.Key]), weight.Key));
        Assert.Contains("checkpoint of another", Assert.Throws<InvalidDataException>(() => ScBertModel.Train(LeveledGenes.Make(120, seed: 2), options, checkpoint)).Message);
    }

    [Fact]
    public void A_trained_model_is_trained_further_as_a_copy_and_keeps_its_genes()
    {
        var cells = LeveledGenes.Make(200);
        var first = ScBertModel.Train(cells, Small with { Training = Small.Training with { Epochs = 4 } });
        var before = SmallRun.BitsOf(first.Module);
        var second = ScBertModel.Train(cells, Small with { StartFrom = first, Training = Small.Training with { Epochs = 4 } });
        Assert.True(second.Report!.Model.Loss < first.Report!.Model.Loss);
        Assert.Same(first.Genes, second.Genes);
        Assert.All(before, weight => Assert.Equal(weight.Value, SmallRun.BitsOf(first.Module)[weight.Key]));
    }

    [Fact]
    public void Given_vectors_stay_as_they_are_and_genes_without_one_are_left_out()
    {
        var cells = LeveledGenes.Make(100);
        var random = new Random(5);
        string[] named = [.. cells.VarNames.Skip(4), "ELSEWHERE"];
        var vectors = new GeneVectors(named, new DenseMatrix(named.Length, 24, [.. Enumerable.Range(0, named.Length * 24).Select(_ => (float)random.NextDouble())]));
        var options = Small with { Vectors = vectors, Config = Small.Config with { GeneVectors = GeneVectorKind.Given }, Training = Small.Training with { Epochs = 1 } };
        var model = ScBertModel.Train(cells, options);
        Assert.Equal(cells.VarNames.Skip(4), model.Genes.Names);
        Assert.Equal([.. vectors.Of(model.Genes).Values, .. new float[24]], model.Module.GeneVectors.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => ScBertModel.Train(cells, options with { Config = options.Config with { Width = 20 } }));
        Assert.Throws<ArgumentException>(() => ScBertModel.Train(cells, options with { Vectors = null }));
        Assert.Throws<ArgumentException>(() => ScBertModel.Train(cells, options with { Config = Small.Config }));
    }

    [Fact]
    public void The_recipe_of_a_corpus_is_kept_and_variable_genes_are_chosen_among_training_cells()
    {
        var corpus = Corpus.Of(LeveledGenes.Make(120), "leveled").Subsample(60, seed: 2);
        var model = ScBertModel.Train(corpus, Small with { VariableGenes = 7, Training = Small.Training with { Epochs = 1 } });
        Assert.Equal("60 of leveled, seed 2", model.Report!.Recipe!.ToString());
        Assert.Equal(7, model.Genes.Count);
    }

    [Fact]
    public void Cells_that_show_no_gene_are_passed_over_and_a_corpus_of_them_is_refused()
    {
        var cells = LeveledGenes.Make(80);
        var some = new GeneVocabulary([cells.VarNames[0]]);
        var counts = cells.X.ToDense();
        for (var cell = 0; cell < 80; cell += 2)
        {
            counts[cell, 0] = 0;
        }
        AnnData With(DenseMatrix x) => new(CsrMatrix.FromDense(x), cells.ObsNames, cells.VarNames);
        var options = Small with { Genes = some, Training = Small.Training with { Epochs = 1 } };
        Assert.InRange(ScBertModel.Train(With(counts), options).Report!.Run.Steps, 1, 3); // 36 cells at most in 16s
        for (var cell = 0; cell < 80; cell++)
        {
            counts[cell, 0] = 0;
        }
        Assert.Contains("have a bin above 0", Assert.Throws<InvalidDataException>(() => ScBertModel.Train(With(counts), options)).Message);
    }
}
