using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Devices;
using ScFm.Model.Models;
using ScFm.Model.Models.ScFoundation;
using TorchSharp;

namespace ScFm.Interactive.Tests.Verbs;

/// <summary>Where verbs compute.</summary>
[Collection(nameof(OneAtATime))]
public sealed class DeviceTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void A_card_that_is_not_there_is_refused_before_anything_is_computed()
    {
        Assert.SkipWhen(torch.cuda.is_available(), "There is a card.");
        var notebook = few.Notebook();
        var error = Assert.Throws<VerbException>(() => notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --device cuda"));
        Assert.Equal($"The device is cuda and there is no CUDA: {CudaAdvice.Of(CudaFacts.Gather())}", error.Message);
        Assert.StartsWith("'gpu' is no device; expected cpu, cuda", Assert.Throws<VerbException>(() => notebook.Run("annotate --device gpu")).Message);
    }

    [Fact]
    public void Every_verb_that_trains_or_asks_a_network_has_a_device()
    {
        var without = VerbCommands.Describe().Where(verb => verb.Options.All(option => option.Name != "--device")
            && (verb.ResultType.IsAssignableTo(typeof(IModel)) || verb.Options.Any(option => option.Type.IsAssignableTo(typeof(IModel)))));
        Assert.Equal(["annotate markers", "compare-loadings", "loadings", "open"], without.Select(verb => verb.Name).Order(StringComparer.Ordinal)); // these read weights, and compute nothing
    }

    [Fact]
    public void What_a_line_says_holds_for_the_line()
    {
        var notebook = few.Notebook();
        notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --epochs 1 --device best");
        Assert.Equal($"{ComputeDevice.Best}", $"{((ScFoundationModel)notebook["model"]!).Module.PositionEmbedding.device}");
        notebook.Run("embed --device best");
        Assert.Equal("cpu", $"{ComputeDevice.Current}");
    }

    [Fact]
    public void A_model_of_a_notebook_is_moved_to_where_the_line_says()
    {
        var model = ScFoundationModel.Create(Presets.Find("tiny", 200), Model.Cells.GeneVocabulary.Read(few.Vocabulary), seed: 3);
        model.Module.to(torch.META); // of what is there the weights cannot be fetched, so that the attempt is seen
        var notebook = few.Notebook();
        notebook["model"] = model;
        Assert.Equal("Cannot copy out of meta tensor; no data!", Assert.Throws<VerbException>(() => notebook.Run("embed --device cpu")).Message);
    }

    [Fact]
    public void The_doctor_shows_what_is_computed_with_and_says_whether_there_is_CUDA()
    {
        var notebook = new VerbNotebook();
        notebook.Run("doctor --quick");
        var report = Assert.IsType<DoctorReport>(notebook["doctor"]);
        var shown = Assert.Single(notebook.Shown);
        Assert.Contains("libtorch", (string)shown.Data["text/html"]);
        Assert.Contains(torch.cuda.is_available() ? "CUDA is there" : "There is no CUDA: ", (string)shown.Data["text/plain"]);
        Assert.Empty(report.Speeds);
        Assert.StartsWith($"{Path.GetTempPath().TrimEnd('/')} is not a libtorch folder", Assert.Throws<VerbException>(() => notebook.Run($"doctor --build {Path.GetTempPath().TrimEnd('/')}")).Message);
    }
}
