using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Tasks.Sensitivity;
using MeanInterval = ScFm.Model.Metrics.MeanInterval;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const int RocPoints = 101;

    /// <summary>Receiver operating characteristics: a panel a transfer, a line a method, each the mean over folds and seeds; on the dashed line lies what knows nothing.</summary>
    /// <param name="study">The study.</param>
    public static Figure Roc(SensitivityStudy study)
    {
        double[] rates = [.. Enumerable.Range(0, RocPoints).Select(i => i / (RocPoints - 1.0))];
        var panels = study.Problems.Select((problem, place) => new Panel(
        [
            Guide([0, 1], [0, 1]),
            .. study.Methods.Select((method, i) => new Line([0, .. rates], [0, .. study.MeanRoc(problem, method, rates)]) { Name = place == Math.Min(1, study.Problems.Count - 1) ? method : null, Colour = Palette.At(i) }),
        ])
        {
            Title = problem,
            X = new Axis { Title = "false alarms, share of the others", Range = (0, 1) },
            Y = new Axis { Title = "found, share of the class", Range = (0, 1) },
        }).ToList();
        return Grid(panels, "Receiver operating characteristics, mean over folds and seeds", height: 340);
    }

    /// <summary>AUROC and AUPR of every method on every transfer, with 95% intervals over folds and seeds.</summary>
    /// <param name="study">The study.</param>
    public static Figure SensitivityScores(SensitivityStudy study)
    {
        var panels = new[] { SensitivityMeasures.Auroc, SensitivityMeasures.Aupr }.Select((measure, place) => new Panel(study.Methods.Select((method, i) =>
        {
            // the panel on the right names the methods for both
            MeanInterval[] intervals = [.. study.Problems.Select(problem => study.Interval(problem, method, measure))];
            return new Bars([.. intervals.Select(interval => interval.Mean)]) { Errors = [.. intervals.Select(interval => interval.HalfWidth)], Colour = Palette.At(i), Name = place == 1 ? method : null, ShowValues = false };
        }))
        {
            Title = measure.Name,
            X = new Axis { Range = (0, 1) }, // a score has no other values, whatever an interval says
            Y = new Axis { Categories = study.Problems, ShowGrid = false, Reversed = true },
        }).ToList();
        return Grid(panels, "Scores of cells, 95% intervals over folds and seeds", 110 + (14 + 12 * study.Methods.Count) * study.Problems.Count);
    }
}
