using System.Globalization;
using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Tasks.Annotation;
using MeanInterval = ScFm.Model.Metrics.MeanInterval;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const double ShareToName = 0.005; // smaller shares of a type would be written as 0.00

    /// <summary>How the scores grow with the labels: a panel a measure, a line a method, each point with its 95% interval over seeds.</summary>
    /// <param name="study">The study.</param>
    public static Figure LearningCurves(AnnotationStudy study)
    {
        double[] shares = [.. study.Fractions.Select(fraction => fraction * 100)];
        var panels = study.Measures.Select((measure, place) => new Panel(study.Methods.SelectMany((method, i) =>
        {
            MeanInterval[] points = [.. study.Fractions.Select(fraction => study.Of(method, fraction).Of(measure))];
            return points.Select((point, at) => Whisker([shares[at], shares[at]], [Math.Max(0, point.Low), Math.Min(1, point.High)], i)).Append(new Line(shares, [.. points.Select(point => point.Mean)])
            {
                Name = place == 0 ? method : null,
                Colour = Palette.At(i),
                Dots = true,
            });
        }))
        {
            Title = measure.Name,
            X = new Axis { Title = "labels, % of the training cells" },
            Y = new Axis { Range = (0, 1) }, // a score has no other values, whatever an interval over few seeds says
        }).ToList();
        return Grid(panels, "Scores with few labels and with many, 95% intervals over seeds", height: 300);
    }

    /// <summary>Every single run with all labels as a dot, by method, and the mean as a line: what an interval hides.</summary>
    /// <param name="study">The study.</param>
    /// <param name="fraction">The share of the labels. Default: the largest.</param>
    public static Figure AnnotationRuns(AnnotationStudy study, double? fraction = null)
    {
        var panels = new[] { AnnotationMeasures.Accuracy, AnnotationMeasures.MacroF1 }.Select(measure => new Panel(study.Methods.SelectMany((method, i) =>
            RunMarks([.. study.Of(method, fraction).Outcomes.Select(measure.Of)], i, Palette.At(i))))
        {
            Title = measure.Name,
            Y = new Axis { Categories = study.Methods, ShowGrid = false, Reversed = true },
        }).ToList();
        return Grid(panels, "Every run a dot", 90 + 26 * study.Methods.Count);
    }

    /// <summary>Every run of the questions of sensitivity as a dot, a panel a question: runs that fall into two groups become visible.</summary>
    /// <param name="study">The study; its plan asks at least one such question.</param>
    public static Figure AnnotationSensitivity(AnnotationStudy study)
    {
        var panels = study.Plan.Sensitivity.Select(asked =>
        {
            var values = study.Sensitivity(asked);
            return new Panel(values.SelectMany((value, i) => RunMarks([.. value.Runs.Select(AnnotationMeasures.Accuracy.Of)], i, Palette.At(0))))
            {
                Title = $"{asked.Method}: {asked.Option}",
                X = new Axis { Title = "accuracy" },
                Y = new Axis { Categories = [.. values.Select(value => value.Value)], ShowGrid = false, Reversed = true },
            };
        }).ToList();
        return Grid(panels, "Every run a dot, by the value of an option", 110 + 26 * study.Plan.Sensitivity.Max(asked => asked.Values.Count));
    }

    /// <summary>F1 of every type by every method, with 95% intervals over the seeds that test on a cell of it.</summary>
    /// <param name="study">The study.</param>
    /// <param name="fraction">The share of the labels. Default: the largest.</param>
    public static Figure AnnotationTypes(AnnotationStudy study, double? fraction = null)
    {
        var tested = Enumerable.Range(0, study.Types.Count).Where(type => study.Of(study.Methods[0], fraction).Outcomes.Any(run => run.Matrix.PerClass[type].Support > 0)).ToArray();
        var bars = Bar([.. tested.Select(type => study.Types[type])], [.. study.Methods.Select(method =>
            (method, (IReadOnlyList<double>)[.. tested.Select(type => F1(study, method, fraction, type).Mean)]))], "F1 of every type", "F1");
        var panel = bars.Panels[0];
        var marks = panel.Marks.Cast<Bars>().Select((mark, i) => mark with
        {
            ShowValues = false,
            Errors = [.. tested.Select(type => F1(study, study.Methods[i], fraction, type).HalfWidth)],
        });
        return bars with { Width = StudyWidth, Panels = [panel with { Marks = [.. marks] }] };
    }

    /// <summary>What the cells of each type (rows) were taken for (columns), as shares of the row, over all seeds.</summary>
    /// <param name="study">The study.</param>
    /// <param name="method">The method.</param>
    /// <param name="fraction">The share of the labels. Default: the largest.</param>
    /// <exception cref="KeyNotFoundException">There is no such method.</exception>
    public static Figure Confusion(AnnotationStudy study, string method, double? fraction = null) =>
        Confusion(study.Types, study.Of(method, fraction).MeanConfusion, $"{method}: what each type was taken for");

    /// <summary>What the cells of each type (rows) were taken for (columns), as shares of the row.</summary>
    /// <param name="types">The types.</param>
    /// <param name="counts">Number of cells, [true types, types taken for].</param>
    /// <param name="title">What stands above.</param>
    public static Figure Confusion(IReadOnlyList<string> types, double[,] counts, string title)
    {
        var count = types.Count;
        var places = (from row in Enumerable.Range(0, count) from column in Enumerable.Range(0, count) select (row, column)).ToArray();
        double[] rows = [.. Enumerable.Range(0, count).Select(row => Enumerable.Range(0, count).Sum(column => counts[row, column]))];
        double[] shares = [.. places.Select(place => counts[place.row, place.column] / rows[place.row])]; // NaN, which is grey, of a type that is not tested
        var map = HeatMap(types, types, [.. shares.Select(share => (float)share)], title, "share of the type's cells");
        var panel = map.Panels[0];
        var named = places.Zip(shares).Where(one => one.Second >= ShareToName).ToArray();
        return map with
        {
            Width = Math.Clamp(300 + 60 * count, 640, 1200),
            Height = Math.Clamp(150 + 34 * count, 300, 900),
            Panels =
            [
                panel with
                {
                    X = panel.X with { Title = "taken for", CellNames = types, ShowTicks = true },
                    Marks =
                    [
                        ((HeatMap)panel.Marks[0]) with { Range = (0, 1) },
                        new Texts(
                            [.. named.Select(one => one.First.column + 0.5)], [.. named.Select(one => one.First.row + 0.5)],
                            [.. named.Select(one => one.Second.ToString("0.00", CultureInfo.InvariantCulture))]),
                    ],
                },
            ],
        };
    }

    private static MeanInterval F1(AnnotationStudy study, string method, double? fraction, int type) => study.Of(method, fraction).OfType(type, scores => scores.F1);

    private static Line Whisker(double[] x, double[] y, int method) => new(x, y) { Colour = Palette.At(method), Width = 1, Opacity = 0.6 };

    /// <summary>Dots of runs in a row, and a short line at their mean.</summary>
    private static IEnumerable<Mark> RunMarks(double[] scores, int row, Colour colour) =>
    [
        new Line([scores.Average(), scores.Average()], [row - 0.3, row + 0.3]) { Colour = colour, Width = 2 },
        new Points(scores, [.. scores.Select(_ => (double)row)]) { Colour = colour, Size = 7, Opacity = 0.55 },
    ];
}
