using ScFm.Interactive.Hosting;
using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Training;
using VerbClass = ScFm.Interactive.Verbs.Verbs;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class PretrainTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void Csharp_magic_and_command_line_give_the_same_weights()
    {
        var notebook = few.Notebook();
        notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --epochs 1 --seed 7");
        ((ScFoundationModel)notebook["model"]!).Save(few.Within("by magic"));

        var cells = VerbClass.Load(few.File);
        NotebookHost.During(notebook, () => VerbClass.Pretrain(cells, vocabulary: few.Vocabulary, epochs: 1, seed: 7)).Save(few.Within("by code"));

        Assert.Equal(0, VerbCommands.RunCommandLine(
            ["pretrain", "--cells", few.File, "--vocabulary", few.Vocabulary, "--epochs", "1", "--seed", "7", "--into", few.Within("by command")]));

        notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --epochs 1 --seed 8 --into other");
        ((ScFoundationModel)notebook["other"]!).Save(few.Within("another seed"));

        var weights = Weights("by magic");
        Assert.Equal(weights, Weights("by code"));
        Assert.Equal(weights, Weights("by command"));
        Assert.NotEqual(weights, Weights("another seed"));
    }

    [Fact]
    public void Interrupting_keeps_the_model_and_the_next_verb_runs()
    {
        var notebook = few.Notebook();
        notebook.WhenShown = notebook.Interrupt;
        notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --epochs 100000");
        notebook.WhenShown = null;

        var model = Assert.IsType<ScFoundationModel>(notebook["model"]);
        Assert.Equal(TrainingEnd.Interrupted, model.Report!.Run.End);
        Assert.InRange(model.Report.Run.Steps, 1, 1000);
        Assert.Equal(model.Report.Run.Steps, model.Report.Run.Losses.Count);
        Assert.Contains(notebook.Shown, shown => Text(shown).Contains("interrupted", StringComparison.Ordinal));

        notebook.Run("embed");
        Assert.True(((AnnData)notebook["cells"]!).Obsm.ContainsKey("X_scfm"));
    }

    [Fact]
    public void Interrupting_a_verb_without_a_half_result_changes_no_variable()
    {
        var notebook = few.Notebook();
        notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --epochs 1");
        var before = notebook.Variables;
        var error = Assert.Throws<VerbException>(() => notebook.Run("enhance", interrupted: true));
        Assert.Equal("Interrupted; nothing was changed.", error.Message);
        Assert.Equal(before, notebook.Variables);
    }

    [Fact]
    public void A_model_too_large_for_the_memory_is_told_in_one_sentence_and_nothing_is_lost()
    {
        var manyGenes = few.Within("many genes.txt");
        File.WriteAllLines(manyGenes, File.ReadLines(few.Vocabulary).Concat(Enumerable.Range(0, 400_000).Select(i => $"GENE{i}")));
        var notebook = few.Notebook();
        notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --epochs 1 --into small");
        var before = notebook.Variables;

        VerbException error;
        using (new MemoryLimit(headroom: 512L << 20))
        {
            // The genes' vectors alone are 400,000 x 768 numbers of 4 bytes: 1.2 GB.
            error = Assert.Throws<VerbException>(() => notebook.Run($"pretrain --preset 100m --vocabulary \"{manyGenes}\""));
        }
        Assert.Matches(@"^There is not enough memory: \d+ bytes more were asked for; take a smaller preset, .*\.$", error.Message);
        Assert.Equal(before, notebook.Variables);

        notebook.Run("embed --model small");
        Assert.True(((AnnData)notebook["cells"]!).Obsm.ContainsKey("X_scfm"));
    }

    private static string Text(MimeBundle shown) => (string)shown.Data["text/plain"];

    private byte[] Weights(string folder) => File.ReadAllBytes(Assert.Single(Directory.GetFiles(few.Within(folder), "*.safetensors")));
}
