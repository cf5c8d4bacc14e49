using ScFm.Interactive.Verbs;
using ScFm.Model.Cells;
using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Nn;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Tests.Verbs;

[Collection(nameof(OneAtATime))]
public sealed class TrainingVerbTests(FewCells few) : IClassFixture<FewCells>
{
    [Fact]
    public void A_model_is_trained_further_with_adapters_that_are_saved()
    {
        var notebook = few.Notebook();
        notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --epochs 1 --into first");
        var first = (ScFoundationModel)notebook["first"]!;
        var file = few.Within("adapters.safetensors");
        notebook.Run($"pretrain --from first --adapter-rank 2 --adapters \"{file}\" --epochs 1 --held-out high-count --recompute --into second");
        var second = (ScFoundationModel)notebook["second"]!;
        Assert.Equal(first.Vocabulary.Names, second.Vocabulary.Names);
        Assert.Equal(2, second.Report!.Adapters!.Adapters[0].A.shape[0]);
        Assert.Equal(4, Lora.Read(file, first.Module).Adapters.Count);
        var totals = AnnDataReader.Read(few.File).X.RowSums();
        Assert.Equal(Enumerable.Range(0, 40).OrderByDescending(cell => totals[cell]).Take(4).Order(), second.Report.HeldOut);

        var before = notebook.Variables;
        Assert.Contains("--adapter-rank is 0", Assert.Throws<VerbException>(() => notebook.Run($"pretrain --from first --adapters \"{file}\"")).Message);
        Assert.Contains("TrainedBlocks is given without StartFrom", Assert.Throws<VerbException>(() => notebook.Run("pretrain --last-blocks 1")).Message);
        Assert.Equal(before, notebook.Variables);
    }

    [Fact]
    public void The_progress_of_a_training_tells_its_speed_and_share_of_the_peak()
    {
        var notebook = few.Notebook();
        notebook.Run($"pretrain --vocabulary \"{few.Vocabulary}\" --epochs 1 --precision bfloat16");
        Assert.Contains(notebook.Shown, shown => shown.Data.TryGetValue("text/plain", out var text) && ((string)text).Contains("% of peak", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scaling_study_is_drawn_and_its_runs_are_kept()
    {
        var notebook = few.Notebook();
        var folder = few.Within("scaling study");
        notebook.Run($"scaling --folder \"{folder}\" --presets \"tiny, 3m\" --budget 0.02");
        var report = Assert.IsType<ScalingLawReport>(notebook["scaling"]);
        Assert.Equal(["tiny", "3m"], report.Runs.Select(run => run.Name));
        Assert.Equal(["3m.json", "tiny.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Contains(notebook.Shown, shown => shown.Data.Values.Any(value => value is string text && text.Contains("floating-point operations", StringComparison.Ordinal)));
    }
}
