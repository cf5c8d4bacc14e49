using ScFm.Model.Cells;
using ScFm.Model.Corpora;
using ScFm.Model.Tasks.Annotation;
using ScFm.Model.Tasks.Annotation.Annotators;
using ScFm.Model.Tests.Models.Geneformer;
using ScFm.Model.Tests.Models.ScBert;
using ScFm.Model.Tests.Models.ScGpt;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.Annotation.Annotators;

/// <summary>What all annotators do alike that pretrain a model and tune it.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class FoundationAnnotatorTests
{
    [Theory]
    [InlineData("scBERT")]
    [InlineData("scGPT")]
    public void A_seed_gives_the_same_classifier_and_another_another(string model)
    {
        var cells = Labelled(model);
        float[] Fitted(int seed)
        {
            using var classifier = Annotator(model, pretrain: false).Fit(cells, null, seed);
            return classifier.Probabilities(cells.Cells).Values;
        }
        Assert.Equal(Fitted(1), Fitted(1));
        Assert.NotEqual(Fitted(1), Fitted(2));
    }

    [Theory]
    [InlineData("scBERT")]
    [InlineData("scGPT")]
    public void What_was_pretrained_is_found_again_with_fewer_labels(string model)
    {
        using var folder = new TemporaryFolder();
        var cells = Labelled(model);
        ICellSource unlabelled = model == "scBERT" ? LeveledGenes.Make(100, seed: 5) : PlantedModules.Make(100, seed: 5);
        ICellClassifier Fitted(LabelledCells labelled, string? kept) => Annotator(model, pretrain: true, kept).Fit(labelled, unlabelled, seed: 1);
        Fitted(cells, folder.Path).Dispose();
        var fewer = cells.Choose([.. Enumerable.Range(0, 40)], "fewer");
        using var again = Fitted(fewer, folder.Path);
        using var anew = Fitted(fewer, null);
        Assert.Equal(anew.Fit.Notes[0] + " Found again.", again.Fit.Notes[0]);
        Assert.Equal(anew.Probabilities(cells.Cells).Values, again.Probabilities(cells.Cells).Values);
        Assert.Equal((anew.Fit.Parameters, anew.Fit.Flops), (again.Fit.Parameters, again.Fit.Flops));
        Assert.Equal((0, true), (anew.Fit.EarlierSeconds, again.Fit.EarlierSeconds > 0));
    }

    [Theory]
    [InlineData("scBERT")]
    [InlineData("scGPT")]
    public void An_interrupted_training_is_no_classifier_and_what_cannot_be_learnt_is_told_before_pretraining(string model)
    {
        using var stop = new CancellationTokenSource();
        var cells = Labelled(model);
        Assert.Throws<OperationCanceledException>(() => Annotator(model, pretrain: false).Fit(cells, null, 1, new Told(_ => stop.Cancel()), stop.Token));
        var one = cells with { Labels = new int[cells.Labels.Length] };
        Assert.Throws<ArgumentException>(() => Annotator(model, pretrain: true).Fit(one, null, 1, new Told(_ => Assert.Fail("it was pretrained"))));
    }

    private static LabelledCells Labelled(string model) => model == "scBERT" ? ScBertAnnotatorTests.Labelled(60) : ScGptAnnotatorTests.Labelled(60);

    private static IAnnotator Annotator(string model, bool pretrain, string? kept = null) => model == "scBERT"
        ? new ScBertAnnotator(ScBertAnnotatorTests.Small with { Pretrain = pretrain, Folder = kept })
        : new ScGptAnnotator(ScGptAnnotatorTests.Small with { Pretrain = pretrain, Folder = kept, VariableGenes = 20 });
}
