using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ScFm.Model.Tests.Tasks.Annotation.Heads;

/// <summary>Heads on both foundation models: what is trained, what it costs, and what it comes to.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class HeadTrainingTests
{
    private const double Step = 1e-2;

    public static TheoryData<string, HeadTuning> Cases => HeadCases.All;

    private static string[] Changed(nn.Module before, nn.Module after)
    {
        var (old, now) = (SmallRun.BitsOf(before), SmallRun.BitsOf(after));
        return [.. old.Keys.Where(name => !old[name].AsSpan().SequenceEqual(now[name]))];
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Exactly_what_is_tuned_changes_and_the_given_encoder_stays_as_it_is(string name, HeadTuning tuning)
    {
        var cells = HeadCases.Labelled();
        var encoder = HeadCases.Encoder(name, cells.Cells);
        var before = SmallRun.BitsOf(encoder.Module);
        using var classifier = HeadClassifier.FineTune(encoder, cells, HeadCases.Options(tuning));
        Assert.All(before, bits => Assert.Equal(bits.Value, SmallRun.BitsOf(encoder.Module)[bits.Key]));

        var blocks = Enumerable.Range(0, encoder.Blocks).Select(encoder.BlockName).ToArray();
        string[] expected = tuning switch
        {
            HeadTuning.LastBlocks => [.. before.Keys.Where(key => key.StartsWith(blocks[^1], StringComparison.Ordinal))],
            HeadTuning.Lora => [.. blocks.SelectMany(block => new[] { block + "self_attn.in_proj_weight", block + "self_attn.out_proj.weight" })],
            _ => [],
        };
        Assert.Equal(2, encoder.Blocks);
        Assert.Equal(expected.Order(), Changed(encoder.Module, classifier.Encoder.Module).Order());
        Assert.Equal(tuning switch { HeadTuning.LastBlocks => 12, HeadTuning.Lora => 4, _ => 0 }, expected.Length);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_training_that_is_stopped_and_resumed_ends_with_the_same_bits_and_is_taken_for_no_other(string name, HeadTuning tuning)
    {
        using var folder = new TemporaryFolder();
        var (cells, checkpoint, options) = (HeadCases.Labelled(), folder.File("head.safetensors"), HeadCases.Options(tuning));
        options = options with { Kind = HeadKind.Mlp, Hidden = 8, Dropout = 0.2, Training = options.Training with { Patience = 2, Epochs = 3 } };
        var encoder = HeadCases.Encoder(name, cells.Cells, dropout: 0.1);
        using var expected = HeadClassifier.FineTune(encoder, cells, options);
        using var stop = new CancellationTokenSource();
        HeadClassifier.FineTune(encoder, cells, options, checkpoint, new Told(p => { if (p.Step == 7) { stop.Cancel(); } }), stop.Token).Dispose();

        var renamed = cells with { Labels = [.. cells.Labels.Select(label => (label + 1) % 4)] };
        Assert.Contains("is a checkpoint of another run", Assert.Throws<InvalidDataException>(() => HeadClassifier.FineTune(encoder, renamed, options, checkpoint)).Message);
        using var resumed = HeadClassifier.FineTune(encoder, cells, options, checkpoint);
        Assert.True(resumed.Run!.Steps > 7);
        Assert.Equal(expected.Run!.Losses, resumed.Run.Losses);
        Assert.Empty(Changed(expected.Encoder.Module, resumed.Encoder.Module));
        Assert.Empty(Changed(expected.Head, resumed.Head));
        Assert.Equal(expected.Probabilities(cells.Cells).Values, resumed.Probabilities(cells.Cells).Values);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Planted_kinds_are_learnt_and_others_of_them_known(string name, HeadTuning tuning)
    {
        var (cells, others) = (HeadCases.Labelled(200), HeadCases.Labelled(120, seed: 2));
        var options = HeadCases.Options(tuning) with { Training = HeadCases.Options(tuning).Training with { Epochs = 15, Patience = 5 } };
        using var classifier = HeadClassifier.FineTune(HeadCases.Encoder(name, cells.Cells), cells, options);
        Assert.InRange(HeadCases.Accuracy(classifier, others), 0.9, 1);
        Assert.True(classifier.Fit.Flops > 0);
    }

    [Fact]
    public void A_step_that_cannot_be_done_gives_no_classifier()
    {
        var cells = HeadCases.Labelled(60);
        var failing = new FailingCells((AnnData)cells.Cells);
        var error = Assert.Throws<InvalidOperationException>(() => HeadClassifier.FineTune(
            HeadCases.Encoder("scFoundation", cells.Cells), cells with { Cells = failing }, HeadCases.Options(HeadTuning.LastBlocks), progress: new Told(at => failing.FailsNext = at.Step == 1), cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("The head on scFoundation could not be trained to the end: no memory is left", error.Message);
    }

    [Fact]
    public void Cells_of_several_blocks_get_what_they_get_alone()
    {
        var (cells, many) = (HeadCases.Labelled(60), (AnnData)HeadCases.Labelled(CellBlocks.Size + 40, seed: 2).Cells);
        using var classifier = HeadClassifier.FineTune(HeadCases.Encoder("Geneformer", cells.Cells), cells, HeadCases.Options(HeadTuning.Frozen), cancellation: TestContext.Current.CancellationToken);
        var together = classifier.Probabilities(many, TestContext.Current.CancellationToken);
        foreach (var cell in new[] { 0, CellBlocks.Size - 1, CellBlocks.Size, many.CellCount - 1 })
        {
            var alone = classifier.Probabilities(many.SelectCells([cell]), TestContext.Current.CancellationToken);
            Assert.All(Enumerable.Range(0, alone.Columns), type => Assert.Equal(alone[0, type], together[cell, type], 1e-5));
        }
    }

    [Theory]
    [InlineData("scFoundation")]
    [InlineData("Geneformer")]
    public void Kept_vectors_are_those_of_the_model_and_those_computed_in_a_step_to_the_bit(string name)
    {
        var cells = HeadCases.Labelled(40).Cells;
        var encoder = HeadCases.Encoder(name, cells);
        var read = encoder.Read(cells, TestContext.Current.CancellationToken);
        var kept = KeptVectors.Of(encoder, read, TestContext.Current.CancellationToken);
        var own = encoder.Model switch
        {
            ScFoundationModel model => Embedding.Run(model, (AnnData)cells, cancellation: TestContext.Current.CancellationToken),
            var other => ((GeneformerModel)other).Embed(cells, cancellation: TestContext.Current.CancellationToken),
        };
        Assert.Equal(own.Values, KeptVectors.Compute(encoder, read, TestContext.Current.CancellationToken).Values);

        int[] some = [31, 2, 17];
        encoder.Module.train();
        using var live = read.Embed(some);
        using var looked = kept.Embed(some);
        Assert.True(live.requires_grad);
        Assert.Equal([.. some.SelectMany(cell => own.Row(cell).ToArray())], looked.data<float>().ToArray());
        Assert.Equal(looked.data<float>().ToArray(), live.detach().data<float>().ToArray());
        Assert.Equal(encoder.Width, own.Columns);
    }

    [Fact]
    public void A_head_beside_adapters_gets_the_gradient_that_it_gets_without_them()
    {
        var cells = HeadCases.Labelled(24);
        var encoder = HeadCases.Encoder("Geneformer", cells.Cells);
        var tuned = TunedEncoder.Of(encoder, HeadCases.Options(HeadTuning.Lora));
        var (read, types) = (encoder.Read(cells.Cells, TestContext.Current.CancellationToken), Array.ConvertAll(cells.Labels, label => (long)label));
        manual_seed(3);
        var head = new HeadModule(encoder.Width, 4, HeadKind.Mlp, 8, 0);
        using (no_grad())
        {
            foreach (var adapter in tuned.Lora!.Adapters)
            {
                nn.init.normal_(adapter.B, 0, 0.3); // else A would have no gradient
            }
        }
        var task = new HeadTask(new JoinedModule(("encoder", encoder.Module), ("head", head)), head, encoder.Module, (read, types), (NoCells.Instance, []), ones(4), _ => 1, "");
        var lora = new LoraTask(task, tuned.Lora, head);
        int[] batch = [.. Enumerable.Range(0, 24)];
        lora.Module.train();
        lora.Loss(batch, 0).Loss.backward();
        var (ofHead, ofA, ofB) = (Gradients(head), tuned.Lora.Adapters[1].A.grad!.clone(), tuned.Lora.Adapters[1].B.grad!.clone());

        head.zero_grad();
        task.Loss(batch, 0).Loss.backward();
        Assert.Equal(ofHead, Gradients(head));
        foreach (var (matrix, gradient) in new[] { (tuned.Lora.Adapters[1].A, ofA), (tuned.Lora.Adapters[1].B, ofB) })
        {
            // along itself a gradient's slope is its length
            var length = gradient.norm().item<float>();
            var slope = (LossAt(matrix, gradient * (Step / length)) - LossAt(matrix, gradient * (-Step / length))) / (2 * Step);
            Assert.InRange(slope / length, 0.98, 1.02);
        }

        double LossAt(Tensor matrix, Tensor change)
        {
            using var _ = no_grad();
            matrix.add_(change);
            tuned.Lora.Apply();
            var loss = task.Loss(batch, 0).Loss.item<float>();
            matrix.sub_(change);
            tuned.Lora.Apply();
            return loss;
        }
    }

    [Fact]
    public void Balanced_types_weigh_the_same_whatever_their_cells()
    {
        var cells = HeadCases.Labelled(120);
        cells = cells.Choose([.. Enumerable.Range(0, 120).Where(cell => cells.Labels[cell] != 0 || cell % 5 == 0)], "few of one kind");
        var known = KnownTypes.Of(cells);
        var weights = known.Weights(cells, balanced: true);
        double[] sums = [.. Enumerable.Range(0, 4).Select(type => cells.Labels.Count(label => label == type) * (double)weights[type])];
        Assert.All(sums, sum => Assert.Equal(cells.Labels.Length / 4.0, sum, 1e-3));
        Assert.All(known.Weights(cells, balanced: false), weight => Assert.Equal(1, weight));
        using var plain = HeadClassifier.FineTune(HeadCases.Encoder("Geneformer", cells.Cells), cells, HeadCases.Options(HeadTuning.Frozen));
        using var balanced = HeadClassifier.FineTune(HeadCases.Encoder("Geneformer", cells.Cells), cells, HeadCases.Options(HeadTuning.Frozen) with { Balanced = true });
        Assert.True(Mean(balanced) > Mean(plain) + 0.01, $"{Mean(balanced)} against {Mean(plain)}");

        double Mean(HeadClassifier classifier)
        {
            var found = classifier.Probabilities(cells.Cells);
            return Enumerable.Range(0, found.Rows).Average(cell => (double)found[cell, 0]);
        }
    }

    [Fact]
    public void A_type_without_cells_has_probability_0_and_rows_sum_to_1()
    {
        var cells = HeadCases.Labelled();
        cells = cells with { Types = ["absent", .. cells.Types, "absent too"], Labels = [.. cells.Labels.Select(label => label + 1)] };
        using var classifier = HeadClassifier.FineTune(HeadCases.Encoder("Geneformer", cells.Cells), cells, HeadCases.Options(HeadTuning.Frozen));
        var found = classifier.Probabilities(cells.Cells);
        Assert.Equal(cells.Types, classifier.Types);
        for (var cell = 0; cell < found.Rows; cell++)
        {
            Assert.Equal((0f, 0f), (found[cell, 0], found[cell, 5]));
            Assert.Equal(1, found.Row(cell).ToArray().Sum(), 1e-5f);
        }
    }

    [Fact]
    public void Two_cells_of_two_types_are_enough_though_none_can_be_spared()
    {
        var all = HeadCases.Labelled();
        int[] two = [Array.IndexOf(all.Labels, 0), Array.IndexOf(all.Labels, 3)];
        var encoder = HeadCases.Encoder("Geneformer", all.Cells);
        using var classifier = HeadClassifier.FineTune(encoder, all.Choose(two, "two"), HeadCases.Options(HeadTuning.Frozen) with { Training = new() { Epochs = 40, BatchSize = 2, WarmUpSteps = 0, LearningRate = 1e-2 } });
        Assert.Contains("No cell could be spared to validate on.", classifier.Fit.Notes);
        Assert.Equal(1, HeadCases.Accuracy(classifier, all.Choose(two, "two")));
    }

    [Fact]
    public void What_cannot_be_learnt_from_is_said()
    {
        var (cells, encoder) = (HeadCases.Labelled(), HeadCases.Encoder("scFoundation", HeadCases.Labelled().Cells));
        string Refused(LabelledCells given, HeadOptions? options = null) => Assert.ThrowsAny<ArgumentException>(() => HeadClassifier.FineTune(encoder, given, options)).Message;
        string Unread(LabelledCells given) => Assert.Throws<InvalidDataException>(() => HeadClassifier.FineTune(encoder, given)).Message;
        Assert.Equal("The 90 labelled cells are of 1 type, 'kind0'; expected at least 2 types, to tell them apart.", Refused(cells with { Labels = new int[90] }));
        Assert.Equal("There are 2 labels and 90 cells; expected one label a cell.", Refused(cells with { Labels = [0, 1] }));
        Assert.Equal("A label is -1; expected a place among the 4 types.", Refused(cells with { Labels = [-1, .. cells.Labels.Skip(1)] }));
        var counts = (AnnData)cells.Cells;
        Assert.StartsWith("None of the 40 genes of the cells (X0, X1, X2, ...) is among the", Unread(cells with { Cells = new AnnData(counts.X, counts.ObsNames, [.. Enumerable.Range(0, 40).Select(i => $"X{i}")], counts.Obs) }));
        Assert.StartsWith("Raw counts are needed, but the values are log-normalised", Unread(cells with { Cells = counts.WithX(Normalisation.LogNormalise(counts.X)) }));
        Assert.Equal("LastBlocks is 3; expected at most 2, the blocks that a cell passes through in this scFoundation.", Refused(cells, HeadCases.Options(HeadTuning.LastBlocks) with { LastBlocks = 3 }));
        Assert.StartsWith("The 2 blocks that a cell passes through in this scFoundation have no matrix whose name ends in nothing", Refused(cells, HeadCases.Options(HeadTuning.Lora) with { Lora = new() { Weights = ["nothing"] } }));
        Assert.StartsWith("BatchSize is 1; expected 2 or more", Refused(cells, new() { Training = new() { BatchSize = 1 } }));
        Assert.Equal("Hidden is 0; expected 1 to 65536.", Refused(cells, new() { Hidden = 0 }));
        Assert.ThrowsAny<OperationCanceledException>(() => HeadClassifier.FineTune(encoder, cells, cancellation: new CancellationToken(true)));
    }

    private static float[][] Gradients(nn.Module module) => [.. module.parameters().Select(parameter => parameter.grad!.data<float>().ToArray())];
}
