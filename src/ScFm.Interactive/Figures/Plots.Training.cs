using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const int MostLossPoints = 1_000;

    /// <summary>The loss as training goes on: every batch faint, its running mean, the validation loss, and predictors that the model must beat.</summary>
    /// <param name="points">What is known, by ascending step.</param>
    /// <param name="baselines">Names and losses of trivial predictors, drawn as dashed lines. Default: none.</param>
    /// <param name="title">What stands above. Default: "Training".</param>
    /// <param name="yTitle">What the loss is. Default: "loss (masked MSE)".</param>
    public static Figure LossCurve(
        IReadOnlyList<LossPoint> points, IReadOnlyList<(string Name, double Loss)>? baselines = null, string title = "Training", string yTitle = "loss (masked MSE)")
    {
        var training = Thinned([.. points.Where(point => double.IsFinite(point.Training))]);
        var validation = points.Where(point => double.IsFinite(point.Validation)).ToList();
        double[] steps = [.. training.Select(point => (double)point.Step)];
        double[] losses = [.. training.Select(point => point.Training)];
        var smooth = losses.Length > 30;
        var marks = new List<Mark> { new Line(steps, losses) { Name = smooth ? null : "training", Width = smooth ? 1 : 1.8, Opacity = smooth ? 0.3 : 1 } };
        if (smooth)
        {
            marks.Add(new Line(steps, RunningMean(losses)) { Name = "training" });
        }
        if (validation.Count > 0)
        {
            marks.Add(new Line([.. validation.Select(point => (double)point.Step)], [.. validation.Select(point => point.Validation)])
            {
                Name = "validation",
                Colour = Palette.At(3),
                Dots = validation.Count <= 40,
            });
        }
        double[] ends = points.Count == 0 ? [0, 1] : [points[0].Step, Math.Max(points[^1].Step, points[0].Step + 1)];
        marks.AddRange((baselines ?? []).Select((baseline, i) =>
            new Line(ends, [baseline.Loss, baseline.Loss]) { Name = baseline.Name, Colour = Palette.At(i == 0 ? 7 : 4 + i), Dashed = true, Width = 1.4 }));
        return new Figure(new Panel(marks) { Title = title, X = new Axis { Title = "step" }, Y = new Axis { Title = yTitle } }) { Height = 360 };
    }

    // Neighbouring steps are averaged so that a run of any length draws in a moment.
    private static List<LossPoint> Thinned(LossPoint[] points)
    {
        var width = (points.Length + MostLossPoints - 1) / MostLossPoints;
        return width <= 1 ? [.. points] : [.. points.Chunk(width).Select(some => new LossPoint(some[^1].Step, some.Average(point => point.Training)))];
    }

    private static double[] RunningMean(double[] losses)
    {
        var half = Math.Max(2, losses.Length / 25);
        var sums = new double[losses.Length + 1];
        for (var i = 0; i < losses.Length; i++)
        {
            sums[i + 1] = sums[i] + losses[i];
        }
        return [.. losses.Select((_, i) =>
        {
            // Centred while the loss falls at the start; at the end, what is past the last step is left out.
            var (from, to) = (i - Math.Min(half, i), Math.Min(losses.Length - 1, i + Math.Min(half, i)));
            return (sums[to + 1] - sums[from]) / (to - from + 1);
        })];
    }
}
