using ScFm.Model.Cells;
using ScFm.Model.Graphs;
using ScFm.Model.Metrics;
using ScFm.Model.Models.ScGpt;
using ScFm.Model.Tables;
using ScFm.Model.Tests.Models.Geneformer;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScFm.Model.Tests.Models.ScGpt;

/// <summary>Pretraining and integration: what is learnt, what it is compared with, and that it goes on exactly.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class ScGptTrainingTests
{
    internal static readonly ScGptOptions Small = new()
    {
        Config = new() { Width = 16, Layers = 2, Heads = 2, FeedForward = 32, HeadLayers = 2, MaxLength = 64, Bins = 11, Dropout = 0, ReadsZeros = true },
        Training = new ScGptOptions().Training with { Epochs = 12, BatchSize = 16, LearningRate = 5e-3, WarmUpSteps = 20, Seed = 3 },
    };

    [Theory]
    [InlineData(Hiding.Mask, ValueEncoding.Continuous, CellDecoding.InnerProduct, 12)]
    [InlineData(Hiding.Generative, ValueEncoding.Continuous, CellDecoding.InnerProduct, 12)]
    [InlineData(Hiding.Mask, ValueEncoding.Category, CellDecoding.ConcatQuery, 40)] // each bin is learnt apart
    public void A_small_model_learns_planted_modules_better_than_any_mean(Hiding hiding, ValueEncoding values, CellDecoding decoding, int epochs)
    {
        var options = Small with { Training = Small.Training with { Epochs = epochs }, Config = Small.Config with { Values = values, CellDecoding = decoding }, Objective = Small.Objective with { Hiding = hiding } };
        var report = ScGptModel.Train(PlantedModules.Make(400), options).Report!;
        Assert.True(report.BeatsBaselines, report.ToTable().ToString());
        Assert.True(report.Error < 0.6 * report.GeneMeanError, report.ToTable().ToString());
        Assert.True(report.GeneMeanError < report.MeanError);
        Assert.Equal(40, report.HeldOut.Length);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(10, 0, false)] // a cell alone has no pairs, and is counted as one of many still
    [InlineData(0, 1, false)]
    public void What_a_loss_is_a_mean_over_depends_on_the_objective_and_not_on_the_number_of_cells(double similarity, double contrast, bool isOfValues)
    {
        using var scope = NewDisposeScope();
        var module = ScGptModel.Create(Small.Config, ScGptVocabulary.Of(new(["A", "B", "C", "D", "E"]))).Module;
        var objective = new ScGptObjective { SimilarityWeight = similarity, ContrastWeight = contrast };
        var cell = new HiddenCell([6, 0, 1, 2], [0, 3, 7, -1], [3], [5]);
        Assert.All(new HiddenCell[][] { [cell], [cell, cell] }, cells => Assert.Equal(isOfValues, ScGptLosses.Of(module, ScGptBatch.Pack(cells), objective).IsOfValues(objective)));
    }

    [Fact]
    public void What_is_hidden_in_the_generative_scheme_reaches_no_other_token()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var module = ScGptModel.Create(Small.Config, ScGptVocabulary.Of(new(["A", "B", "C", "D", "E"]))).Module;
        module.eval();
        Tensor States(bool ignoresHidden, int hiddenToken, float seen) => module.call(ScGptBatch.Pack(
            [new HiddenCell([6, 0, 1, hiddenToken], [0, 3, seen, -1], [3], [5]), new HiddenCell([6, 4], [0, 2], [], [])], ignoresHidden: ignoresHidden)).Tokens;
        var (known, own) = (tensor([0L, 1, 2, 4, 5]), tensor([3L]));
        double Difference(Tensor a, Tensor b, Tensor rows) => Golden.LargestDifference(a.index_select(0, rows), b.index_select(0, rows));

        Assert.InRange(Difference(States(true, 2, 7), States(true, 3, 7), known), 0, 1e-6);
        Assert.True(Difference(States(true, 2, 7), States(true, 3, 7), own) > 1e-3); // it does see itself
        Assert.True(Difference(States(true, 2, 7), States(true, 2, 1), own) > 1e-4); // and what is known
        Assert.True(Difference(States(false, 2, 7), States(false, 3, 7), known) > 1e-4); // where it is only masked, others see that it is there
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, true)]
    public void A_run_that_is_stopped_and_resumed_ends_with_the_same_bits(double dropout, bool integrates)
    {
        using var folder = new TemporaryFolder();
        var cells = WithDonors(120);
        var options = (integrates ? Integration : Small) with { Training = Small.Training with { Epochs = 2, ValidateEvery = 3 } };
        options = options with { Config = options.Config with { Dropout = dropout } };
        var expected = ScGptModel.Train(cells, options);
        var checkpoint = folder.File("run.safetensors");
        using (var stop = new CancellationTokenSource())
        {
            var stopped = ScGptModel.Train(cells, options, checkpoint, new Told(progress => { if (progress.Step == 5) { stop.Cancel(); } }), stop.Token);
            Assert.Equal((TrainingEnd.Interrupted, 5), (stopped.Report!.Run.End, stopped.Report.Run.Steps));
        }
        var resumed = ScGptModel.Train(cells, options, checkpoint);
        Assert.Equal(expected.Report!.Run.Losses, resumed.Report!.Run.Losses);
        var (bits, found) = (SmallRun.BitsOf(expected.Module), SmallRun.BitsOf(resumed.Module));
        Assert.All(bits, weight => Assert.True(weight.Value.AsSpan().SequenceEqual(found[weight.Key]), weight.Key));
        Assert.Contains("checkpoint of another", Assert.Throws<InvalidDataException>(() => ScGptModel.Train(cells, options with { Objective = options.Objective with { HiddenShare = 0.2 } }, checkpoint)).Message);
    }

    [Fact]
    public void Integration_mixes_planted_donors_better_than_principal_components_and_keeps_the_kinds_apart()
    {
        var cells = WithDonors(400, effect: 6);
        var model = ScGptModel.Train(cells, Integration with { Training = Integration.Training with { Epochs = 20 } });
        var (before, after) = (Scores(Pca.Fit(Normalisation.LogNormalise(cells).X, new() { Components = 10 }).Scores), Scores(model.Embed(cells)));
        Assert.True(after.NeighbourMixing > before.NeighbourMixing + 0.2, $"{before} {after}");
        Assert.True(after.TypeSilhouette > 0.8, $"{before} {after}");
        Assert.Equal(["donor0", "donor1"], model.BatchLabels);

        IntegrationScores Scores(DenseMatrix representation) =>
            IntegrationScores.Of(representation, [.. ColumnLabels.Of(cells.Obs["donor"]).OfType<string>()], [.. ColumnLabels.Of(cells.Obs["kind"]).OfType<string>()]);
    }

    [Fact]
    public void A_batch_that_the_model_does_not_know_and_a_column_that_is_not_there_are_told()
    {
        var cells = WithDonors(60);
        var model = ScGptModel.Train(cells, Integration with { Training = Small.Training with { Epochs = 1 } });
        var other = WithDonors(20);
        other.Obs = other.Obs.With(CategoryColumn.FromLabels("donor", Enumerable.Repeat("donor9", 20)));
        Assert.Contains("'donor9', which the model does not know", Assert.Throws<InvalidDataException>(() => model.Embed(other)).Message);
        Assert.Throws<KeyNotFoundException>(() => ScGptModel.Train(cells, Integration with { BatchColumn = "plate" }));
        Assert.Contains("no BatchColumn is named", Assert.Throws<ArgumentException>(() => ScGptModel.Train(cells, Integration with { BatchColumn = null })).Message);
    }

    [Fact]
    public void A_cell_s_vector_depends_on_its_own_counts_alone_and_has_length_1()
    {
        var cells = PlantedModules.Make(30);
        var model = ScGptModel.Train(cells, Small with { Config = Small.Config with { MaxLength = 12, ReadsZeros = false }, Training = Small.Training with { Epochs = 1 } }); // so that genes are drawn
        int[] order = [.. Enumerable.Range(0, 30).Reverse()];
        var (all, reversed) = (model.Embed(cells), model.Embed(cells.SelectCells(order)));
        for (var cell = 0; cell < 30; cell++)
        {
            Assert.Equal(all.Row(cell).ToArray(), reversed.Row(29 - cell).ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
            Assert.Equal(1, Math.Sqrt(all.Row(cell).ToArray().Sum(value => (double)value * value)), 1e-5);
        }
    }

    [Fact]
    public void A_model_of_some_genes_says_the_same_of_cells_with_these()
    {
        var cells = PlantedModules.Make(30);
        var model = ScGptModel.Train(cells, Small with { Config = Small.Config with { ReadsZeros = false }, Training = Small.Training with { Epochs = 1 } });
        string[] genes = [.. model.Vocabulary.Genes.Names.Where((_, gene) => gene % 2 == 0)];
        int[] columns = [.. Enumerable.Range(0, cells.GeneCount).Where(gene => genes.Contains(cells.VarNames[gene]))];
        var some = cells.SelectGenes(columns);
        var fewer = model.WithGenes(genes);
        Assert.Equal(genes, fewer.Vocabulary.Genes.Names);
        Assert.Equal(model.Embed(some).Values, fewer.Embed(some).Values, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Throws<ArgumentException>(() => model.WithGenes(["NONE"]));
    }

    [Fact]
    public void Cells_without_a_gene_of_the_model_are_passed_over_where_values_are_learnt()
    {
        var cells = PlantedModules.Make(60);
        var dense = cells.X.ToDense();
        for (var cell = 0; cell < 60; cell++)
        {
            if (cell % 3 > 0)
            {
                dense.Row(cell).Clear();
            }
        }
        var sparse = new AnnData(CsrMatrix.FromDense(dense), cells.ObsNames, cells.VarNames);
        var options = Small with { Config = Small.Config with { ReadsZeros = false }, LeastCells = 1, HeldOutShare = 0.4, Training = Small.Training with { Epochs = 2, BatchSize = 2 } };
        var report = ScGptModel.Train(sparse, options).Report!;
        Assert.True(double.IsFinite(report.Error));
        Assert.Equal(24, report.HeldOut.Length);
        var trained = Enumerable.Range(0, 60).Except(report.HeldOut).Count(cell => cell % 3 == 0);
        Assert.Equal(2 * ((trained + 1) / 2), report.Run.Steps);
        Assert.All(report.Run.Losses, loss => Assert.True(double.IsFinite(loss)));

        var nothing = new AnnData(CsrMatrix.FromDense(new DenseMatrix(60, cells.GeneCount)), cells.ObsNames, cells.VarNames);
        var error = Assert.Throws<InvalidDataException>(() => ScGptModel.Train(nothing, options with { Vocabulary = ScGptVocabulary.Of(new(cells.VarNames)) }));
        Assert.Contains("Of 36 training cells 0, and of those held out 0, have a count", error.Message);
    }

    [Fact]
    public void Integration_reads_every_one_of_its_genes_in_every_cell()
    {
        Assert.Equal((1200, 1201), (ScGptOptions.Integration("donor").VariableGenes, ScGptOptions.Integration("donor").Config.MaxLength));
        var few = ScGptOptions.Integration("donor", ScGptConfig.Small, variableGenes: 50).Validated();
        Assert.Equal((50, 51, 128), (few.VariableGenes, few.Config.MaxLength, few.Config.Width));
    }

    [Theory]
    [InlineData(96, 6)] // 3 steps an epoch
    [InlineData(90, 6)]
    [InlineData(9600, 50)]
    public void The_warm_up_takes_at_most_a_fifth_of_the_steps(int cells, int expected) =>
        Assert.Equal(expected, new ScGptTuningOptions().Training.WarmingUpWithin(cells).WarmUpSteps);

    [Fact]
    public void What_a_model_knows_of_a_batch_stays_that_batch_s_where_others_are_learnt()
    {
        var cells = WithDonors(60);
        var first = ScGptModel.Train(cells, Integration with { Training = Small.Training with { Epochs = 1 } });
        var other = WithDonors(60);
        other.Obs = other.Obs.With(CategoryColumn.FromLabels("donor", Enumerable.Range(0, 60).Select(cell => cell % 2 == 0 ? "donor1" : "donor2")));
        var second = ScGptModel.Train(other, Integration with { StartFrom = first, Training = Small.Training with { Steps = 1, LearningRate = 1e-9 } });
        Assert.Equal(["donor1", "donor2"], second.BatchLabels);
        using var scope = NewDisposeScope();
        var (before, after) = (first.Module.state_dict(), second.Module.state_dict());
        foreach (var name in (string[])["batch_encoder.embedding.weight", "grad_reverse_discriminator.out_layer.weight", "grad_reverse_discriminator.out_layer.bias"])
        {
            Assert.InRange(Golden.LargestDifference(before[name][1], after[name][0]), 0, 1e-6);
            Assert.True(Golden.LargestDifference(before[name][1], after[name][1]) > 1e-3, name);
        }
        Assert.Equal(before["dsbn.bns.1.num_batches_tracked"].item<long>() + 1, after["dsbn.bns.0.num_batches_tracked"].item<long>());
        Assert.Equal(1, after["dsbn.bns.1.num_batches_tracked"].item<long>());
    }

    [Fact]
    public void Options_that_exclude_each_other_are_told()
    {
        string Told(Func<ScGptOptions, ScGptOptions> change) => Assert.Throws<ArgumentException>(() => change(Small).Validated()).Message;
        Assert.Contains("HiddenShare is 0", Told(options => options with { Objective = new() { HiddenShare = 0 } }));
        Assert.Contains("multiple of the heads", Told(options => options with { Config = options.Config with { Heads = 3 } }));
        Assert.Contains("ConcatQuery", Told(options => options with { Config = options.Config with { CellDecoding = CellDecoding.ConcatQuery, ZeroProbability = true } }));
        Assert.Contains("Bins is 2", Told(options => options with { Config = options.Config with { Bins = 2 } }));
    }

    [Fact]
    public void Values_are_hidden_as_often_as_asked_and_never_that_of_cls()
    {
        var cell = new ScGptCell([99, .. Enumerable.Range(0, 50)], [0, .. Enumerable.Range(1, 50)]);
        var counts = new int[51];
        for (var draw = 0; draw < 2000; draw++)
        {
            var hidden = HiddenCell.Hide(cell, 0.4, -1, Seeds.For(5, draw));
            Assert.Equal(20, hidden.Hidden.Length);
            Assert.All(hidden.Hidden, place => Assert.Equal(-1, hidden.Values[place]));
            Assert.Equal(hidden.Hidden.Select(place => cell.Values[place]), hidden.Targets);
            Array.ForEach(hidden.Hidden, place => counts[place]++);
        }
        Assert.Equal(0, counts[0]);
        Assert.All(counts[1..], count => Assert.InRange(count, 700, 900)); // 800 with a standard deviation of 22
        Assert.Empty(HiddenCell.Hide(cell, 0, -1, Seeds.For(1)).Hidden);
        Assert.Empty(HiddenCell.Hide(new ScGptCell([99], [0]), 0.4, -1, Seeds.For(1)).Hidden);
    }

    private static ScGptOptions Integration => ScGptOptions.Integration("donor", Small.Config) with { Training = Small.Training, VariableGenes = null };

    /// <summary>Planted modules of two donors, one of which expresses some of the shared genes more.</summary>
    private static AnnData WithDonors(int count, int effect = 0)
    {
        var cells = PlantedModules.Make(count);
        var dense = new DenseMatrix(count, cells.GeneCount);
        for (var cell = 0; cell < count; cell++)
        {
            cells.X.RowIndices(cell).ToArray().Zip(cells.X.RowValues(cell).ToArray()).ToList().ForEach(gene => dense[cell, gene.First] = gene.Second);
            for (var gene = PlantedModules.Kinds * PlantedModules.GenesOfModule; gene < cells.GeneCount; gene++)
            {
                dense[cell, gene] += cell % 2 == gene % 2 ? effect : 0;
            }
        }
        return new AnnData(CsrMatrix.FromDense(dense), cells.ObsNames, cells.VarNames, cells.Obs.With(CategoryColumn.FromLabels("donor", Enumerable.Range(0, count).Select(cell => $"donor{cell % 2}"))));
    }
}
