using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Launching;
using ScFm.Model.Models;
using ScFm.Model.Screens;
using ScFm.Model.Tasks.Sensitivity;

namespace ScFm.Interactive.Tests.Verbs;

/// <summary>Within which memory verbs train, and what they say when it runs out.</summary>
[Collection(nameof(OneAtATime))]
public sealed class MemoryTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void Every_verb_that_trains_one_model_takes_a_memory() => Assert.Equal(
        ["annotate train", "geneformer", "perturb train", "pretrain", "scbert", "scgpt", "scgpt integrate", "scvi", "sensitivity train"],
        VerbCommands.Describe().Where(verb => new[] { "--memory", "--device" }.All(name => verb.Options.Any(option => option.Name == name))).Select(verb => verb.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_verb_that_makes_a_model_on_a_device_trains() => Assert.Empty(
        from verb in typeof(ScFm.Interactive.Verbs.Verbs).GetMethods()
        where verb.ReturnType.IsAssignableTo(typeof(IModel)) && verb.GetCustomAttribute<VerbAttribute>() is { OnDevice: true, Trains: false }
        select verb.Name);

    [Theory]
    [InlineData("pretrain")]
    [InlineData("geneformer")]
    [InlineData("scgpt --variable-genes 50")]
    [InlineData("scbert --variable-genes 30")]
    [InlineData("scvi --variable-genes 50")]
    public void As_many_cells_a_step_are_taken_as_fit_and_too_little_memory_is_refused(string verb)
    {
        var notebook = few.Notebook();
        notebook.Run($"{verb} --epochs 1 --memory 8GiB");
        Assert.Contains(notebook.Shown, content => ((string)content.Data["text/plain"]).Contains("1/1 steps", StringComparison.Ordinal)); // all cells fit at once
        Assert.Matches(@"^A training step of (one cell|2 cells) needs [\d.]+ \wiB and 10 KiB are allowed; ", Assert.Throws<VerbException>(() => notebook.Run($"{verb} --epochs 1 --memory 10KiB")).Message);
    }

    [Fact]
    public void A_batch_size_that_is_named_is_kept()
    {
        var notebook = few.Notebook();
        notebook.Run("scvi --variable-genes 50 --epochs 1 --batch-size 9 --memory 8GiB");
        Assert.Contains(notebook.Shown, content => ((string)content.Data["text/plain"]).Contains("4/4 steps", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("perturb train --cells screen --options epochs=1,config.width=8", "32 cells")] // no fewer: its norms see all of a step
    [InlineData("sensitivity train --source source --target target --genes 60 --epochs 1 --hidden 16", "16 cells")]
    [InlineData("annotate train --method scbert", "one cell")]
    public void Verbs_without_a_batch_size_keep_their_steps_within_the_memory(string line, string fewest)
    {
        var notebook = few.Notebook();
        notebook["screen"] = SimulatedPerturbations.Make(cells: 8).Cells;
        (notebook["source"], notebook["target"]) = SimulatedTransfer.Make(samples: 60, cells: 60);
        Assert.Matches($@"^A training step of {fewest} needs [\d.]+ \wiB and 10 KiB are allowed; ", Assert.Throws<VerbException>(() => notebook.Run($"{line} --memory 10KiB")).Message);
    }

    [Fact]
    public void Steps_of_a_verb_without_a_batch_size_are_the_same_with_room_enough()
    {
        const string Line = "annotate train --method scbert --options variableGenes=30,pretrain=false,tuning.epochs=1,tuning.leastSteps=0,tuning.batchSize=8";
        var (free, limited) = (few.Notebook(), few.Notebook());
        free.Run(Line);
        limited.Run($"{Line} --memory 8GiB");
        static string[] Steps(VerbNotebook notebook) => [.. notebook.Shown
            .Select(content => Regex.Match((string)content.Data["text/plain"], @"step \d+ of (\d+)")).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct()];
        Assert.NotEqual("1", Assert.Single(Steps(free)));
        Assert.Equal(Steps(free), Steps(limited));
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("majority")]
    [InlineData("centroid")]
    [InlineData("neighbours")]
    public void A_method_that_trains_no_network_keeps_to_no_memory_and_says_so(string method) => Assert.Equal(
        $"The memory of a training is limited, and '{method}' trains no network; expected one of scbert, scgpt, scfoundation, geneformer, or no such limit.",
        Assert.Throws<VerbException>(() => few.Notebook().Run($"annotate train --method {method} --memory 8GiB")).Message);

    [Fact]
    public void What_is_no_amount_is_refused_before_anything_is_read() =>
        Assert.Equal("'much' is no amount of memory; expected one such as 8GiB, 512MiB or 1.5GiB.", Assert.Throws<VerbException>(() => new VerbNotebook().Run("scvi --memory much")).Message);

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

    [Fact]
    public void A_rank_that_was_killed_is_named_although_memory_may_have_been_the_reason()
    {
        const string message = "Rank 1 of 2 was ended by SIGKILL, as a system does that runs out of memory, so the others were ended; it wrote no error.";
        Assert.Equal(message, VerbFailure.Of(new LaunchException(1, 137, [], message)).Message);
    }
}
