using ScFm.Model.Models.ScFoundation;
using ScFm.Model.Tasks;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;

namespace ScFm.Model.Tests.Tasks;

[Collection(nameof(TorchGenerator))]
public sealed class ScalingLawTests(ITestOutputHelper output)
{
    private static readonly ScalingLawOptions Small = new()
    {
        Models = [.. new[] { 8, 16, 32 }.Select(width => new ScalingLawModel($"width {width}", new ScFoundationConfig
        {
            Genes = 1, EncoderWidth = width, EncoderDepth = 1, EncoderHeads = 2, DecoderWidth = width, DecoderDepth = 1, DecoderHeads = 2,
            DecoderHeadWidth = 8, Bins = 16, Dropout = 0, RedrawInterval = 0,
        }))],
        Budget = 1.5e10,
        Validations = 8,
        Pretraining = new() { LeastCells = 60, Training = new() { FinalRate = 1, Patience = 0, WarmUpSteps = 5 } },
    };

    [Fact]
    public void Models_are_trained_for_the_budget_and_a_law_goes_through_the_best_of_them()
    {
        using var folder = new TemporaryFolder();
        var cells = TaskCells.First(150);
        var told = new List<string>();
        var report = ScalingLaw.Run(cells, folder.Path, Small, new Heard(p => told.Add(p.Model)));
        output.WriteLine($"{report.ToTable()}\n{report}");
        Assert.Equal(["width 8", "width 16", "width 32"], told.Distinct());
        Assert.Equal(report.Runs.Select(run => run.Parameters).Order(), report.Runs.Select(run => run.Parameters));
        Assert.All(report.Runs, run => Assert.InRange(run.Flops[^1], Small.Budget * 0.9, Small.Budget * 1.2));
        Assert.All(report.Runs, run => Assert.InRange(run.Losses.Count, Small.Validations / 2, Small.Validations + 1));
        Assert.Equal(report.Frontier.OrderByDescending(p => p.Loss), report.Frontier);
        Assert.True(report.Law!.Exponent > 0);
        Assert.All(report.Frontier, p => Assert.Equal(p.Loss, report.Law.At(p.Flops), 0.15 * p.Loss));

        // all that was made is taken from the files
        told.Clear();
        var again = ScalingLaw.Run(cells, folder.Path, Small, new Heard(p => told.Add(p.Model)));
        Assert.Empty(told);
        Assert.Equal(report.Law, again.Law);
        var refused = Assert.Throws<InvalidDataException>(() => ScalingLaw.Run(TaskCells.First(151), folder.Path, Small));
        Assert.Contains("width 8.json' is a run of 135 and 15 cells", refused.Message);
    }

    [Fact]
    public void A_study_that_was_stopped_goes_on_to_the_same_law()
    {
        using var whole = new TemporaryFolder();
        using var parts = new TemporaryFolder();
        var (cells, small) = (TaskCells.First(80), Small with { Budget = 2e9, Models = [.. Small.Models.Take(2)] });
        var expected = ScalingLaw.Run(cells, whole.Path, small);
        using var stop = new CancellationTokenSource();
        var stopped = ScalingLaw.Run(cells, parts.Path, small, new Heard(p => { if (p.Model == "width 16" && p.Progress.Step == 5) { stop.Cancel(); } }), stop.Token);
        Assert.Equal(5, stopped.Runs[1].Steps);

        var first = 0;
        var resumed = ScalingLaw.Run(cells, parts.Path, small, new Heard(p => first = first == 0 ? p.Progress.Step : first));
        Assert.InRange(first, 5, 6);
        Assert.Equal(expected.Runs.Select(run => (run.Name, run.Steps)), resumed.Runs.Select(run => (run.Name, run.Steps)));
        Assert.Equal(expected.Frontier, resumed.Frontier);
        Assert.Empty(Directory.GetFiles(parts.Path, "*.safetensors"));
    }

    [Fact]
    public void The_frontier_leaves_out_what_is_worse_with_more_and_what_is_below_the_least()
    {
        ScalingLawRun Run(string name, double[] flops, double[] losses) => new() { Name = name, Parameters = 1, Steps = 1, Flops = flops, Losses = losses, Identity = "" };
        var report = ScalingLawReport.Of([Run("small", [1, 10, 20, 40], [9, 4, 3.5, 3.4]), Run("large", [1, 15, 30, 60], [9, 5, 3, 2])], leastFlops: 5);
        Assert.Equal([(10.0, 4.0), (20, 3.5), (30, 3), (60, 2)], report.Frontier);
        var few = ScalingLawReport.Of([Run("small", [10, 20], [2, 1])], leastFlops: 0);
        Assert.Null(few.Law);
        Assert.StartsWith("The frontier has 2 points; a law needs at least 4", few.ToString());
    }

    [Fact]
    public void Models_of_one_name_and_no_models_are_named()
    {
        string Refused(ScalingLawOptions options) => Assert.Throws<ArgumentException>(() => ScalingLaw.Run(TaskCells.First(10), "nowhere", options)).Message;
        Assert.Equal("The models are named 'width 8', 'width 8'; expected at least one, and each name once.", Refused(Small with { Models = [Small.Models[0], Small.Models[0]] }));
        Assert.Equal("Budget is 0; expected 1 to 1.7976931348623157E+308.", Refused(Small with { Budget = 0 }));
    }

    private sealed class Heard(Action<(string Model, TrainingProgress Progress)> told) : IProgress<(string, TrainingProgress)>
    {
        public void Report((string, TrainingProgress) value) => told(value);
    }
}
