using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Corpora.Store;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tests.Tasks;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;

namespace ScFm.Model.Tests.Corpora;

/// <summary>Training from a corpus is training from memory, and any sampler's run can be stopped and go on.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class CorpusTrainingTests
{
    private static readonly PretrainingOptions few = new() { LeastCells = 25, Training = new() { Epochs = 2, WarmUpSteps = 3 } };

    private static CorpusStore Stored(AnnData cells, TemporaryFolder folder) =>
        CorpusStore.Build(cells, folder.File("cells.corpus"), new StoreOptions { Shuffle = false, CellsPerShard = 16 });

    [Fact]
    public void A_model_pretrained_from_a_store_is_the_one_pretrained_from_memory_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        var cells = TaskCells.First(60);
        using var store = Stored(cells, folder);

        var (fromMemory, fromStore) = (Pretraining.Run(cells, few), Pretraining.Run(Corpus.Of(store, "stored"), few));

        Assert.Equal(fromMemory.Vocabulary.Names, fromStore.Vocabulary.Names);
        Assert.Equal(fromMemory.Report!.Run.Losses, fromStore.Report!.Run.Losses);
        Assert.Equal((fromMemory.Report.ZeroLoss, fromMemory.Report.GeneMeanLoss, fromMemory.Report.ModelLoss), (fromStore.Report.ZeroLoss, fromStore.Report.GeneMeanLoss, fromStore.Report.ModelLoss));
        Assert.Equal(fromMemory.Report.Genes.ToString(), fromStore.Report.Genes.ToString());
        var (bits, again) = (SmallRun.BitsOf(fromMemory.Module), SmallRun.BitsOf(fromStore.Module));
        Assert.All(bits, b => Assert.Equal(b.Value, again[b.Key]));
    }

    [Fact]
    public void Genes_are_mapped_to_a_given_vocabulary_as_they_are_read()
    {
        using var folder = new TemporaryFolder();
        var cells = TaskCells.First(40);
        using var store = Stored(cells, folder);
        var genes = cells.VarNames.Where((_, gene) => gene % 3 != 0).Reverse().Append("NOT-THERE");
        var options = few with { Vocabulary = new GeneVocabulary(genes), Training = few.Training with { Epochs = 1 } };
        Assert.Equal(Pretraining.Run(cells, options).Report!.Run.Losses, Pretraining.Run(store, options).Report!.Run.Losses);
    }

    [Theory]
    [InlineData(SamplingKind.Uniform)]
    [InlineData(SamplingKind.Blocks)]
    [InlineData(SamplingKind.Weighted)]
    [InlineData(SamplingKind.Balanced)]
    public void A_run_with_any_sampler_that_is_stopped_within_an_epoch_goes_on_to_the_same_bits(SamplingKind kind)
    {
        using var folder = new TemporaryFolder();
        var small = new SmallRun
        {
            Sampling = new SamplingOptions { Kind = kind, Column = kind == SamplingKind.Weighted ? "weight" : "cell_type", BlockSize = 4, BufferBlocks = 3 },
            Source = cells => Corpus.Of(cells, "sample"),
        };
        var (expected, bits) = small.Train();
        var checkpoint = folder.File("run.safetensors");
        foreach (var stop in new[] { 2, 13 }) // an epoch has 9 steps
        {
            Assert.Equal(stop, small.TrainUntil(stop, checkpoint).Run.Steps);
        }
        var (resumed, again) = small.Train(checkpoint);

        Assert.Equal((27, TrainingEnd.Finished), (resumed.Steps, resumed.End));
        Assert.Equal(expected.Losses, resumed.Losses);
        Assert.All(bits, b => Assert.Equal(b.Value, again[b.Key]));
        Assert.NotEqual(new SmallRun().Train().Run.Losses, expected.Losses);
        Assert.Contains("is a checkpoint of another run", Assert.Throws<InvalidDataException>(() => (small with { Sampling = new() }).Train(checkpoint)).Message);
    }

    [Fact]
    public void The_recipe_is_in_the_report_and_comes_back_with_the_model()
    {
        using var folder = new TemporaryFolder();
        var corpus = Corpus.Of(TaskCells.First(60), "sample").Subsample(50, seed: 2);
        var model = Pretraining.Run(corpus, few with { Training = few.Training with { Steps = 2 } });
        model.Save(folder.File("model"));

        Assert.Equal("50 of sample, seed 2", model.Report!.Recipe!.ToString());
        Assert.Equal(corpus.Recipe.ToJson(), ScFoundationModel.Load(folder.File("model")).Recipe!.ToJson());
        Assert.Null(Pretraining.Run(TaskCells.First(50), few with { Training = few.Training with { Steps = 1 } }).Recipe);
    }

    [Fact]
    public void Held_out_cells_are_no_more_than_is_allowed() =>
        Assert.Equal(3, PretrainingSplit.Of(new double[100], new PretrainingOptions { HeldOutShare = 0.5, MostHeldOut = 3 }).HeldOut.Length);

    [Fact]
    public void A_cell_without_counts_of_the_vocabulary_is_named_from_a_store_too()
    {
        using var folder = new TemporaryFolder();
        var cells = SmallCells.Of(4, ["A", "B"]);
        using var store = Stored(cells, folder);
        var error = Assert.Throws<InvalidDataException>(() => Pretraining.Run(store, new PretrainingOptions { Vocabulary = new GeneVocabulary(["A"]) }));
        Assert.StartsWith("Cell 1 ('A-1') has no expressed gene among 1;", error.Message);
    }
}
