using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Tasks;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const int LawPoints = 60;

    /// <summary>The held-out loss of each model over the operations it was trained for, and the law through the best of them, both axes logarithmic.</summary>
    /// <param name="report">The runs and the law.</param>
    /// <param name="title">What stands above. Default: the law.</param>
    public static Figure ScalingLaw(ScalingLawReport report, string? title = null)
    {
        var marks = new List<Mark>(report.Runs.Select((run, i) => new Line(run.Flops, run.Losses)
        {
            Name = run.Name,
            Colour = Palette.At(i),
            Dots = run.Flops.Count <= 40,
        }));
        if (report.Law is { } law)
        {
            // on to ten times the operations: what the law is for
            var (from, to) = (Math.Log(report.Frontier[0].Flops), Math.Log(10 * report.Frontier[^1].Flops));
            double[] flops = [.. Enumerable.Range(0, LawPoints).Select(i => Math.Exp(from + (to - from) * i / (LawPoints - 1)))];
            marks.Add(new Line(flops, [.. flops.Select(law.At)]) { Name = "law", Colour = Palette.At(7), Dashed = true, Width = 1.4 });
        }
        return new Figure(new Panel(marks)
        {
            Title = title ?? report.Law?.ToString(),
            X = new Axis { Title = "floating-point operations", Logarithmic = true },
            Y = new Axis { Title = "held-out loss (masked MSE)", Logarithmic = true },
        });
    }
}
