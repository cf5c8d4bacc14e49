using System.Diagnostics;
using ScFm.Model.Devices;
using ScFm.Model.Nn;
using ScFm.Model.Tests.Training;
using ScFm.Model.Training;
using TorchSharp;

namespace ScFm.Model.Tests.Devices;

[Collection(nameof(TorchGenerator))]
public sealed class MatmulPeakTests(ITestOutputHelper output)
{
    [Fact]
    public void The_peak_is_measured_once_without_drawing_numbers_and_no_product_of_its_width_is_much_faster()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(5);
        var expected = torch.rand(1).item<float>();
        torch.manual_seed(5);
        var peak = MatmulPeak.Of(torch.CPU);
        Assert.Equal(expected, torch.rand(1).item<float>());
        var watch = Stopwatch.StartNew();
        Assert.Equal(peak, MatmulPeak.Of(torch.CPU));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 0.05);

        var (matrix, best) = (torch.ones(1024, 1024), 0.0);
        for (var i = 0; i < 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var product = torch.matmul(matrix, matrix);
            best = Math.Max(best, 2 * Math.Pow(1024, 3) / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        output.WriteLine(FormattableString.Invariant($"{peak / 1e9:F0} GFLOP/s in float32, {MatmulPeak.Of(torch.CPU, Precision.BFloat16) / 1e9:F0} in bfloat16"));
        Assert.InRange(best, peak / 20, peak * 3); // others use the machine too
    }

    [Fact]
    public void Every_step_is_told_with_its_speed_and_the_share_of_the_peak()
    {
        var told = new List<TrainingProgress>();
        var (run, _) = new SmallRun().Train(told: told.Add);
        Assert.All(told.Where(p => double.IsNaN(p.ValidationLoss)), p =>
        {
            Assert.True(p.FlopsPerSecond > 0 && p.CellsPerSecond > 0 && p.TokensPerSecond > p.CellsPerSecond);
            Assert.Equal(p.FlopsPerSecond / MatmulPeak.Of(torch.CPU), p.PeakShare, p.PeakShare * 0.2); // read a moment apart
        });
        Assert.InRange(run.PeakShare, 1e-7, 1);
        Assert.Equal(run.ValidationFlops.Order(), run.ValidationFlops);
        Assert.Equal(run.Validations.Count, run.ValidationFlops.Count);
    }

    [Fact]
    public void What_was_computed_before_a_stop_counts_after_it()
    {
        using var folder = new TemporaryFolder();
        var (whole, _) = new SmallRun().Train();
        var checkpoint = folder.File("run.safetensors");
        new SmallRun().TrainUntil(10, checkpoint);
        Assert.Equal(whole.ValidationFlops, new SmallRun().Train(checkpoint).Run.ValidationFlops);
    }
}
