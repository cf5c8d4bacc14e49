using ScFm.Model.Cells;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Annotators;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Tests.Tasks.Annotation.Heads;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.Annotation.Annotators;

/// <summary>Heads as a row of the comparison.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class HeadAnnotatorTests
{
    private static HeadAnnotatorOptions Options(EncoderKind model) => new()
    {
        Encoder = model,
        Pretraining = new() { Epochs = 2, WarmUpSteps = 5 },
        Head = HeadCases.Options(HeadTuning.Frozen) with { Training = HeadCases.Options(HeadTuning.Frozen).Training with { Epochs = 10 } },
    };

    [Theory]
    [InlineData(EncoderKind.ScFoundation)]
    [InlineData(EncoderKind.Geneformer)]
    public void It_pretrains_on_the_unlabelled_cells_once_and_finds_the_model_again(EncoderKind model)
    {
        using var folder = new TemporaryFolder();
        var (cells, unlabelled, others) = (HeadCases.Labelled(80), HeadCases.Labelled(100, seed: 3).Cells, HeadCases.Labelled(60, seed: 2));
        var annotator = new HeadAnnotator(Options(model) with { Folder = folder.Path });
        var steps = 0;
        using var first = annotator.Fit(cells, unlabelled, seed: 4, new Told(_ => steps++), TestContext.Current.CancellationToken);
        Assert.StartsWith("Encoder pretrained on 100 cells in ", first.Fit.Notes[0]);
        Assert.InRange(HeadCases.Accuracy(first, others), 0.8, 1);

        var (all, head) = (steps, first.Fit.Parameters - ((HeadClassifier)first).Encoder.Module.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(((HeadClassifier)first).Head.parameters().Sum(parameter => parameter.numel()), head);
        steps = 0;
        using var again = annotator.Fit(cells, unlabelled, seed: 4, new Told(_ => steps++), TestContext.Current.CancellationToken);
        Assert.Equal(first.Fit.Notes[0] + " Found again.", again.Fit.Notes[0]);
        Assert.True(steps < all);
        Assert.Equal(first.Probabilities(others.Cells, TestContext.Current.CancellationToken).Values, again.Probabilities(others.Cells, TestContext.Current.CancellationToken).Values);
        Assert.Equal((first.Fit.Parameters, first.Fit.Flops), (again.Fit.Parameters, again.Fit.Flops));
        Assert.Equal(0, first.Fit.EarlierSeconds);
        Assert.InRange(again.Fit.EarlierSeconds, 0.001, 600);
        using var other = annotator.Fit(cells, unlabelled, seed: 5, cancellation: TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Found again", other.Fit.Notes[0]);
    }

    [Theory]
    [InlineData(EncoderKind.ScFoundation)]
    [InlineData(EncoderKind.Geneformer)]
    public void Without_pretraining_it_takes_random_weights_or_those_of_a_file(EncoderKind model)
    {
        using var folder = new TemporaryFolder();
        var cells = HeadCases.Labelled(80);
        using var random = new HeadAnnotator(Options(model) with { Pretrain = false }).Fit(cells, null, seed: 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal("Encoder with random weights.", random.Fit.Notes[0]);
        Assert.Equal(((HeadClassifier)random).Head.parameters().Sum(parameter => parameter.numel()), random.Fit.Parameters); // the encoder has learnt nothing

        var file = folder.File("model");
        ((HeadClassifier)random).Encoder.Model.Save(file);
        using var read = new HeadAnnotator(Options(model) with { Model = file }).Fit(cells, null, seed: 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(random.Probabilities(cells.Cells, TestContext.Current.CancellationToken).Values, read.Probabilities(cells.Cells, TestContext.Current.CancellationToken).Values);
        read.Save(folder.File("head"));
        using var opened = (HeadClassifier)ModelFiles.Open(folder.File("head"));
        Assert.Equal(file, opened.Settings.EncoderFile);
        var other = model == EncoderKind.Geneformer ? EncoderKind.ScFoundation : EncoderKind.Geneformer;
        Assert.Contains($"expected a {other}.", Assert.Throws<ArgumentException>(() => new HeadAnnotator(Options(other) with { Model = file }).Fit(cells, null, 1, cancellation: TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void Its_name_says_model_pretraining_tuning_and_head_and_its_settings_all_else()
    {
        Assert.Equal("scFoundation, frozen, MLP head", new HeadAnnotator().Name);
        Assert.Equal("Geneformer, published, not pretrained, last 2 blocks, linear head", new HeadAnnotator(new()
        {
            Encoder = EncoderKind.Geneformer, Preset = "published", Pretrain = false, Head = new() { Kind = HeadKind.Linear, Tuned = HeadTuning.LastBlocks, LastBlocks = 2 },
        }).Name);
        Assert.Equal("scFoundation, pretrained elsewhere, LoRA, MLP head", new HeadAnnotator(new() { Model = "model", Head = new() { Tuned = HeadTuning.Lora } }).Name);
        Assert.NotEqual(new HeadAnnotator().Settings, new HeadAnnotator(new() { Head = new() { Lora = new() { Rank = 4 } } }).Settings);
        Assert.Contains("\"Tuned\":\"Frozen\"", new HeadAnnotator().Settings);
        Assert.Equal(new HeadAnnotator().Settings, new HeadAnnotator(new() { Folder = "kept" }).Settings); // where it is kept changes no result
    }

    [Theory]
    [InlineData(EncoderKind.ScFoundation)]
    [InlineData(EncoderKind.Geneformer)]
    public void A_pretraining_that_fails_is_no_result_and_is_not_kept(EncoderKind model)
    {
        using var folder = new TemporaryFolder();
        var (cells, unlabelled) = (HeadCases.Labelled(80), new FailingCells((AnnData)HeadCases.Labelled(100, seed: 3).Cells));
        var annotator = new HeadAnnotator(Options(model) with { Folder = folder.Path });
        var error = Assert.Throws<InvalidOperationException>(() => annotator.Fit(cells, unlabelled, seed: 4, new Told(at => unlabelled.FailsNext = at.Step == 1), TestContext.Current.CancellationToken));
        Assert.Equal($"The {model} could not be trained to the end: no memory is left", error.Message);
        unlabelled.FailsNext = false;
        using var again = annotator.Fit(cells, unlabelled, seed: 4, cancellation: TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Found again", again.Fit.Notes[0]);
    }

    [Theory]
    [InlineData("scfoundation", EncoderKind.ScFoundation)]
    [InlineData("geneformer", EncoderKind.Geneformer)]
    public void A_plan_changes_of_a_kind_s_trainings_what_it_names_and_leaves_the_rest(string kind, EncoderKind model)
    {
        var usual = model == EncoderKind.Geneformer ? new GeneformerOptions().Training : new PretrainingOptions().Training;
        Assert.Equal(new HeadAnnotator(new() { Encoder = model, Pretraining = usual with { Epochs = 2 } }).Settings, AnnotatorNames.Make(kind, OptionText.Parse("pretraining.epochs=2")).Settings);
        Assert.Equal(new HeadAnnotator(new() { Encoder = model }).Settings, AnnotatorNames.Make(kind).Settings);
        var (head, epochs) = (new HeadOptions(), new HeadOptions().Training with { Epochs = 2 });
        Assert.Equal(
            new HeadAnnotator(new() { Encoder = model, Head = head with { Tuned = HeadTuning.Lora, Hidden = 8, Training = epochs } }).Settings,
            AnnotatorNames.Make(kind, OptionText.Parse("tuned=lora,tuning.epochs=2,head.hidden=8")).Settings);
    }

    [Fact]
    public void Its_settings_change_with_the_content_of_a_model_s_file_and_not_with_its_name()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, content) in new[] { ("one", "weights"), ("same", "weights"), ("other", "weightz") })
        {
            File.WriteAllText(folder.File(name), content);
        }
        foreach (var settings in new Func<string, string>[] { file => new HeadAnnotator(new() { Model = file }).Settings, file => new NeighbourAnnotator(new() { Model = file }).Settings })
        {
            Assert.Equal(settings(folder.File("one")), settings(folder.File("same")));
            Assert.NotEqual(settings(folder.File("one")), settings(folder.File("other")));
            Assert.Throws<FileNotFoundException>(() => settings(folder.File("none")));
        }
    }

    [Fact]
    public void A_model_that_a_plan_names_is_opened_once_and_anew_when_it_was_written_again()
    {
        using var folder = new TemporaryFolder();
        var (path, cells) = (folder.File("model"), HeadCases.Labelled(60).Cells);
        HeadCases.Encoder("Geneformer", cells).Model.Save(path);
        var opened = PlannedModelFile.Open<GeneformerModel>(path);
        Assert.Same(opened, PlannedModelFile.Open<GeneformerModel>(path));
        Assert.StartsWith($"'{path}' holds a GeneformerModel", Assert.Throws<InvalidDataException>(() => PlannedModelFile.Open<ScFoundationModel>(path)).Message);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        Assert.NotSame(opened, PlannedModelFile.Open<GeneformerModel>(path));
        GC.KeepAlive(opened);
    }

    [Fact]
    public void One_type_is_refused_before_the_pretraining()
    {
        var cells = HeadCases.Labelled();
        var told = 0;
        var error = Assert.Throws<ArgumentException>(() => new HeadAnnotator().Fit(cells with { Labels = new int[90] }, null, 0, new Told(_ => told++), TestContext.Current.CancellationToken));
        Assert.Equal("The 90 labelled cells are of 1 type, 'kind0'; expected at least 2 types, to tell them apart.", error.Message);
        Assert.Equal(0, told);
    }
}
