using System.Runtime.InteropServices;
using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Devices;
using ScFm.Model.Models;
using ScFm.Model.Models.ScFoundation;
using TorchSharp;

namespace ScFm.Interactive.Tests.Verbs;

/// <summary>Where verbs compute, and within which memory.</summary>
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
    public void A_batch_is_found_for_the_memory_that_is_named()
    {
        var notebook = few.Notebook();
        notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --epochs 1 --memory 1GiB");
        Assert.Equal(1, ((ScFoundationModel)notebook["model"]!).Report!.Run.Steps); // all 36 cells fit at once
        var error = Assert.Throws<VerbException>(() => notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --epochs 1 --memory 10KiB"));
        Assert.StartsWith("A training step of one cell needs", error.Message);
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

    [Theory]
    [InlineData(
        "CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 139.72 GiB of which 5.31 GiB is free. Including non-PyTorch memory, this process has 134 GiB memory in use.",
        "There is not enough memory: 20.00 GiB more were asked for on card 0, where 5.31 GiB of 139.72 GiB are free; take a smaller preset, batch or vocabulary, or fewer cells.")]
    [InlineData(
        "CUDA out of memory. Tried to allocate 2.00 MiB (GPU 1; 15.78 GiB total capacity; 14.56 GiB already allocated; 38.44 MiB free; 14.60 GiB reserved in total by PyTorch)",
        "There is not enough memory: 2.00 MiB more were asked for on card 1, where 38.44 MiB of 15.78 GiB are free; take a smaller preset, batch or vocabulary, or fewer cells.")]
    [InlineData(
        "[enforce fail at alloc_cpu.cpp:66] . The CPU can't allocate memory: you tried to allocate 1229423616 bytes",
        "There is not enough memory: 1229423616 bytes more were asked for; take a smaller preset, batch or vocabulary, or fewer cells.")]
    public void Memory_that_ran_out_is_told_with_what_was_asked_for_and_what_a_card_had(string message, string expected) =>
        Assert.Equal(expected, VerbFailure.Of(new ExternalException(message)).Message);
}
