using ScFm.Model.Files;
using ScFm.Model.Models.Geneformer;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.Annotation.Heads;
using ScFm.Model.Tests.Training;

namespace ScFm.Model.Tests.Tasks.Annotation.Heads;

/// <summary>A classifier in one file, with its encoder or beside it.</summary>
[Collection(nameof(TorchGenerator))]
public sealed class HeadClassifierFileTests
{
    public static TheoryData<string, HeadTuning> Cases => HeadCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_opens_as_the_same_classifier_and_leaves_the_saved_one_as_it_was(string name, HeadTuning tuning)
    {
        using var folder = new TemporaryFolder();
        var cells = HeadCases.Labelled();
        using var classifier = HeadClassifier.FineTune(HeadCases.Encoder(name, cells.Cells), cells, HeadCases.Options(tuning));
        var expected = classifier.Probabilities(cells.Cells).Values;
        classifier.Save(folder.File("head"));
        Assert.Equal(expected, classifier.Probabilities(cells.Cells).Values);

        using var opened = Assert.IsType<HeadClassifier>(ModelFiles.Open(folder.File("head")));
        Assert.Equal(expected, opened.Probabilities(cells.Cells).Values);
        Assert.Equal(classifier.Types, opened.Types);
        Assert.Equal(classifier.Fit.Notes, opened.Fit.Notes);
        Assert.Equal((classifier.Fit.Parameters, classifier.Fit.Flops), (opened.Fit.Parameters, opened.Fit.Flops));
        opened.Save(folder.File("again"));
        Assert.Equal(File.ReadAllBytes(folder.File("head")), File.ReadAllBytes(folder.File("again")));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_head_on_an_encoder_of_a_file_holds_what_was_tuned_alone_and_wants_that_very_encoder(string name, HeadTuning tuning)
    {
        using var folder = new TemporaryFolder();
        var cells = HeadCases.Labelled();
        var (encoder, own) = (HeadCases.Encoder(name, cells.Cells), folder.File("encoder"));
        encoder.Model.Save(own);
        using var classifier = HeadClassifier.FineTune(encoder, cells, HeadCases.Options(tuning) with { EncoderFile = own });
        Directory.CreateDirectory(folder.File("elsewhere"));
        var file = folder.File("elsewhere/head");
        classifier.Save(file);
        var names = Safetensors.Read(file).Tensors.Keys;
        Assert.Equal(tuning switch { HeadTuning.LastBlocks => 12, HeadTuning.Lora => 8, _ => 0 }, names.Count(key => !key.StartsWith("head.", StringComparison.Ordinal)));
        var expected = classifier.Probabilities(cells.Cells).Values;
        using (var opened = HeadClassifier.Load(file))
        {
            Assert.Equal(expected, opened.Probabilities(cells.Cells).Values);
        }
        Directory.Move(own, folder.File("elsewhere/encoder")); // a file or a folder
        using (var opened = HeadClassifier.Load(file))
        {
            Assert.Equal(expected, opened.Probabilities(cells.Cells).Values);
        }
        Directory.Move(folder.File("elsewhere/encoder"), folder.File("gone"));
        Assert.Contains("which is gone; expected it there or beside the classifier", Assert.Throws<FileNotFoundException>(() => HeadClassifier.Load(file)).Message);
        using (TorchSharp.torch.no_grad())
        {
            encoder.Module.parameters().First().add_(1);
        }
        encoder.Model.Save(own);
        Assert.Contains("expected the encoder that it was trained on", Assert.Throws<InvalidDataException>(() => HeadClassifier.Load(file)).Message);
    }

    [Fact]
    public void Other_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        var cells = HeadCases.Labelled();
        var encoder = (GeneformerEncoder)HeadCases.Encoder("Geneformer", cells.Cells);
        encoder.Model.Save(folder.File("model"));
        Assert.Contains("describes no head-classifier", Assert.Throws<InvalidDataException>(() => HeadClassifier.Load(folder.File("model"))).Message);
        Assert.Throws<FileNotFoundException>(() => HeadClassifier.Load(folder.File("nothing")));
        Assert.IsType<GeneformerModel>(ModelFiles.Open(folder.File("model")));
        Assert.Equal("The reading is 'Sum'; expected one of SecondToLast, Last.", Assert.Throws<ArgumentException>(() => CellEncoders.Of(encoder.Model, "Sum")).Message.Split(" (")[0]);
    }
}
