using ScFm.Model.Corpora;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;
using TorchSharp;

namespace ScFm.Model.Tests.Models.Geneformer;

/// <summary>Pretraining: what it learns, what it compares with, and that it goes on exactly.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class GeneformerTrainingTests
{
    private static readonly GeneformerOptions Small = new()
    {
        Config = new GeneformerConfig { Width = 32, Layers = 2, Heads = 2, FeedForward = 64, MaxLength = 64, Dropout = 0, AttentionDropout = 0 },
        Training = new GeneformerOptions().Training with { Epochs = 20, BatchSize = 16, LearningRate = 5e-3, WarmUpSteps = 20, Seed = 3 },
    };

    [Fact]
    public void A_small_model_learns_planted_modules_better_than_any_frequency()
    {
        var cells = PlantedModules.Make(600);
        var model = GeneformerModel.Train(cells, Small);
        var report = model.Report!;
        Assert.True(report.BeatsBaselines, report.ToTable().ToString());
        Assert.True(report.Model.Loss < report.RankUnigram.Loss - 0.5, $"{report.Model.Loss} of {report.RankUnigram.Loss}");
        Assert.True(report.Model.Accuracy > 2 * report.RankUnigram.Accuracy, report.ToTable().ToString());
        Assert.Equal(report.Run.Validations[^1].Loss, report.Model.Loss, 1e-9);
        Assert.Equal(60, report.HeldOut.Length);
    }

    [Fact]
    public void The_frequencies_of_tokens_give_the_entropy_of_what_is_drawn_by_them()
    {
        // ranks 0 and 1 hold tokens 2 or 3 with equal chance and 4 or 5 with three to one
        var random = new Random(1);
        int[] Cell() => [2 + random.Next(2), random.NextDouble() < 0.75 ? 4 : 5];
        var frequencies = new RankFrequencies(6, 2);
        for (var i = 0; i < 20_000; i++)
        {
            frequencies.Add(Cell());
        }
        MaskedCell[] hidden = [.. Enumerable.Range(0, 4000).Select(_ => Cell()).Select(tokens => new MaskedCell(tokens, [0, 1], tokens))];
        var entropies = (Rank0: Math.Log(2), Rank1: -(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25)));
        Assert.Equal((entropies.Rank0 + entropies.Rank1) / 2, frequencies.AtRank(hidden).Loss, 0.01);
        Assert.Equal((entropies.Rank0 + entropies.Rank1) / 2 + Math.Log(2), frequencies.Unigram(hidden).Loss, 0.01); // and does not know which rank it is
        Assert.Equal(0.375, frequencies.Unigram(hidden).Accuracy, 0.01);
        Assert.Equal(8000, frequencies.AtRank(hidden).Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0.1)]
    public void A_run_that_is_stopped_and_resumed_ends_with_the_same_bits(double dropout, double attentionDropout)
    {
        using var folder = new TemporaryFolder();
        var cells = PlantedModules.Make(120);
        var options = Small with
        {
            Config = Small.Config with { Dropout = dropout, AttentionDropout = attentionDropout },
            Training = Small.Training with { Epochs = 2, ValidateEvery = 3 },
        };
        var expected = GeneformerModel.Train(cells, options);
        var checkpoint = folder.File("run.safetensors");
        using (var stop = new CancellationTokenSource())
        {
            var stopped = GeneformerModel.Train(cells, options, checkpoint, new Told(progress => { if (progress.Step == 5) { stop.Cancel(); } }), stop.Token);
            Assert.Equal((TrainingEnd.Interrupted, 5), (stopped.Report!.Run.End, stopped.Report.Run.Steps));
        }
        var resumed = GeneformerModel.Train(cells, options, checkpoint);
        Assert.Equal(expected.Report!.Run.Losses, resumed.Report!.Run.Losses);
        Assert.Equal(expected.Report.Run.Validations, resumed.Report.Run.Validations);
        var (bits, found) = (SmallRun.BitsOf(expected.Module), SmallRun.BitsOf(resumed.Module));
        Assert.All(bits, weight => Assert.True(weight.Value.AsSpan().SequenceEqual(found[weight.Key]), weight.Key));

        var other = Assert.Throws<InvalidDataException>(() => GeneformerModel.Train(PlantedModules.Make(120, seed: 2), options, checkpoint));
        Assert.Contains("checkpoint of another", other.Message);
    }

    [Fact]
    public void A_run_does_not_go_on_from_another_model_or_with_other_medians()
    {
        using var folder = new TemporaryFolder();
        var (cells, checkpoint) = (PlantedModules.Make(60), folder.File("run.safetensors"));
        var once = Small with { Training = Small.Training with { Epochs = 1 } };
        var (first, second) = (GeneformerModel.Train(cells, once), GeneformerModel.Train(cells, once with { Training = once.Training with { Seed = 5 } }));
        GeneformerModel.Train(cells, once with { StartFrom = first }, checkpoint);
        void Refuses(GeneformerOptions options) =>
            Assert.Contains("checkpoint of another run", Assert.Throws<InvalidDataException>(() => GeneformerModel.Train(cells, options, checkpoint)).Message);

        Refuses(once with { StartFrom = second });
        Refuses(once with { Genes = first.Genes });
        File.Delete(checkpoint);
        GeneformerModel.Train(cells, once with { Genes = first.Genes }, checkpoint);
        Refuses(once with { Genes = new GeneformerGenes(first.Genes.Vocabulary, first.Genes.Medians.Select(median => 2 * median)) });
    }

    [Fact]
    public void The_recipe_of_a_corpus_is_kept_with_the_model_and_told_by_its_report()
    {
        using var folder = new TemporaryFolder();
        var corpus = Corpus.Of(PlantedModules.Make(120), "planted").Subsample(60, seed: 2);
        var options = Small with { Training = Small.Training with { Epochs = 1 } };
        var model = GeneformerModel.Train(corpus, options);
        Assert.Equal("60 of planted, seed 2", model.Report!.Recipe!.ToString());
        model.Save(folder.File("model"));
        Assert.Equal(corpus.Recipe.ToJson(), GeneformerModel.Load(folder.File("model")).Recipe!.ToJson());

        var plain = GeneformerModel.Train(PlantedModules.Make(120), options);
        plain.Save(folder.File("plain"));
        Assert.Null(GeneformerModel.Load(folder.File("plain")).Recipe);
        Assert.Null(plain.Report!.Recipe);
    }

    [Fact]
    public void Dropout_changes_a_run()
    {
        var cells = PlantedModules.Make(60);
        double Last(double dropout, double attentionDropout) => GeneformerModel.Train(cells, Small with
        {
            Config = Small.Config with { Dropout = dropout, AttentionDropout = attentionDropout },
            Training = Small.Training with { Epochs = 1 },
        }).Report!.Run.Losses[^1];
        Assert.Equal(3, new[] { Last(0, 0), Last(0.1, 0), Last(0, 0.1) }.Distinct().Count());
    }

    [Fact]
    public void A_trained_model_is_trained_further_as_a_copy()
    {
        var cells = PlantedModules.Make(200);
        var first = GeneformerModel.Train(cells, Small with { Training = Small.Training with { Epochs = 4 } });
        var before = SmallRun.BitsOf(first.Module);
        var second = GeneformerModel.Train(cells, Small with { StartFrom = first, Training = Small.Training with { Epochs = 4 } });
        Assert.True(second.Report!.Model.Loss < first.Report!.Model.Loss);
        Assert.Same(first.Genes, second.Genes);
        Assert.All(before, weight => Assert.Equal(weight.Value, SmallRun.BitsOf(first.Module)[weight.Key]));
    }

    [Fact]
    public void Hidden_tokens_are_as_many_and_replaced_as_often_as_asked()
    {
        int[] tokens = [.. Enumerable.Range(100, 1000)];
        var (chosen, masked, kept, random) = (0, 0, 0, 0);
        for (var i = 0; i < 100; i++)
        {
            var cell = Masking.Hide(tokens, new MaskingOptions(), vocabulary: 5000, Seeds.For(1, i));
            Assert.Equal(Enumerable.Range(100, 1000), tokens); // the cell itself stays as it is
            Assert.Equal(cell.Predicted.Select(rank => tokens[rank]), cell.Targets);
            Assert.Equal(tokens.Where((_, rank) => !cell.Predicted.Contains(rank)), cell.Tokens.Where((_, rank) => !cell.Predicted.Contains(rank)));
            chosen += cell.Predicted.Length;
            foreach (var rank in cell.Predicted)
            {
                var seen = cell.Tokens[rank];
                Assert.InRange(seen, GeneformerGenes.MaskToken, 4999);
                (masked, kept, random) = seen == GeneformerGenes.MaskToken ? (masked + 1, kept, random) : seen == tokens[rank] ? (masked, kept + 1, random) : (masked, kept, random + 1);
            }
        }
        Assert.Equal(0.15, chosen / 100_000.0, 0.005);
        Assert.Equal(0.8, (double)masked / chosen, 0.02);
        Assert.Equal(0.1, (double)kept / chosen, 0.02);
        Assert.Equal(0.1, (double)random / chosen, 0.02);
        Assert.Single(Masking.Hide([7], new MaskingOptions { Share = 1e-6 }, 10, Seeds.For(1)).Predicted);
    }
}
