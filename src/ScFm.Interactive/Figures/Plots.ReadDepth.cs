using System.Globalization;
using ScFm.Interactive.Figures.Marks;
using ScFm.Model.Tasks;
using ScFm.Model.Tasks.ReadDepth;

namespace ScFm.Interactive.Figures;

public static partial class Plots
{
    private const int MapColumns = 4;
    private const string OfReads = " of reads";

    /// <summary>How well methods recover expression: a panel a measure, a group of bars a condition, each with its 95% interval over seeds.</summary>
    /// <param name="study">The study.</param>
    public static Figure Recovery(RecoveryStudy study)
    {
        var (conditions, summaries) = (study.Conditions, study.Summaries.ToDictionary(summary => (summary.Condition, summary.Method)));
        var ofReads = conditions.All(condition => condition.EndsWith(OfReads, StringComparison.Ordinal));
        var panels = RecoveryMeasures.All.Select((measure, place) => new Panel(study.Methods.Select(method =>
        {
            var intervals = conditions.Select(condition => summaries[(condition, method)].Of(measure)).ToArray();
            return new Bars([.. intervals.Select(interval => interval.Mean)])
            {
                Errors = [.. intervals.Select(interval => interval.HalfWidth)],
                Colour = MethodColour(method),
                // The panels on the right name the methods for both columns.
                Name = place % 2 == 1 ? method : null,
                ShowValues = false,
            };
        }))
        {
            Title = $"{measure.Name} ({(measure.LowerIsBetter ? "lower" : "higher")} is better)",
            X = ofReads
                ? new Axis { Categories = [.. conditions.Select(condition => condition[..^OfReads.Length])], Title = "reads kept", ShowGrid = false }
                : new Axis { Categories = conditions, ShowGrid = false },
        });
        return new Figure(panels) { Columns = 2, Width = StudyWidth, Height = 620, Title = "Recovered expression of the genes that the deep cells express" };
    }

    /// <summary>How well clusters agree with types against the depth that scFoundation is asked for; dashed: what is told no depth.</summary>
    /// <param name="study">The study.</param>
    /// <remarks>Thin lines are the ends of the 95% interval over seeds, cut at the panel.</remarks>
    public static Figure ClusteringScores(ClusteringStudy study)
    {
        var (told, others) = (study.Summaries.Where(summary => summary.Fold is not null).ToList(), study.Summaries.Where(summary => summary.Fold is null).ToList());
        var range = (Least: told.Min(summary => summary.Fold) ?? 1, Greatest: told.Max(summary => summary.Fold) ?? 5);
        var panels = ClusteringMeasures.All.Select((measure, place) => new Panel(
        [
            .. others.Select(summary => new Line([range.Least, range.Greatest], [summary.Of(measure).Mean, summary.Of(measure).Mean])
            {
                Name = place % 2 == 1 ? summary.View : null,
                Colour = MethodColour(summary.View),
                Dashed = true,
                Width = 1.4,
            }),
            .. told.GroupBy(summary => summary.Kind).SelectMany(kind => Ends(kind, measure).Append(new Line(Folds(kind), [.. kind.Select(summary => summary.Of(measure).Mean)])
            {
                Name = place % 2 == 1 ? kind.Key : null,
                Colour = KindColour(kind.Key),
                Dots = true,
                Width = 2.2,
            })),
        ])
        {
            Title = measure.Name,
            X = new Axis { Title = "asked depth over own depth, T / S" },
            // The means decide: intervals of two or three seeds can be many times wider than all differences.
            Y = new Axis { Range = Extent.Widened(Extent.Of([.. study.Summaries.Select(summary => summary.Of(measure).Mean)]), 0.15) },
        });
        return new Figure(panels) { Columns = 2, Width = StudyWidth, Height = 640, Title = "Types found again after enhancement" };
    }

    /// <summary>A map of the cells for every view, coloured by reference type and named on the first.</summary>
    /// <param name="study">The study; its maps are those of seed 0.</param>
    public static Figure ClusteringMaps(ClusteringStudy study)
    {
        var first = study.Outcomes.Where(outcome => outcome.Seed == study.Outcomes[0].Seed).ToList();
        var panels = first.Select(outcome => new Panel(Unnamed(Map(outcome, study.Types)))
        {
            Title = outcome.View,
            X = new Axis { Title = string.Create(CultureInfo.InvariantCulture, $"ARI {outcome.Ari:0.00}"), ShowTicks = false, ShowGrid = false },
            Y = new Axis { ShowTicks = false, ShowGrid = false },
        }).ToList();
        var rows = (panels.Count + MapColumns - 1) / MapColumns;
        var figure = new Figure(panels) { Columns = MapColumns, Width = StudyWidth, Height = 30 + 230 * rows };
        var names = LabelPlacement.Name(Drawing.FigureLayout.Arrange(figure)[0], [.. Map(first[0], study.Types).OrderBy(mark => mark.LegendRank)]);
        return figure with { Panels = [panels[0] with { Marks = [.. panels[0].Marks, names] }, .. panels[1..]] };
    }

    // One type a colour.
    private static IReadOnlyList<Points> Map(ClusteringOutcome outcome, IReadOnlyList<string> types) => LabelledPoints.Of(
        [.. outcome.Layout.Where((_, i) => i % 2 == 0).Select(x => (double)x)], [.. outcome.Layout.Where((_, i) => i % 2 == 1).Select(y => (double)y)],
        types, PointSize(types.Count * MapColumns));

    private static IEnumerable<Mark> Unnamed(IEnumerable<Points> marks) => marks.Select(mark => mark with { Name = null });

    private static IEnumerable<Mark> Ends(IEnumerable<ClusteringSummary> kind, Measure<ClusteringOutcome> measure)
    {
        ClusteringSummary[] rows = [.. kind];
        return new Func<ClusteringSummary, double>[] { row => row.Of(measure).Low, row => row.Of(measure).High }
            .Select(end => new Line(Folds(rows), [.. rows.Select(end)]) { Colour = KindColour(rows[0].Kind), Width = 0.8, Opacity = 0.5 });
    }

    private static double[] Folds(IEnumerable<ClusteringSummary> rows) => [.. rows.Select(row => row.Fold ?? double.NaN)];

    private static Colour KindColour(string kind) => kind == "embedding" ? Palette.At(3) : Palette.At(0);

    // What learns nothing is grey, scFoundation has the palette's first colour; a method has the same in all figures.
    private static Colour MethodColour(string method) => method switch
    {
        "observed" => Palette.Missing,
        "gene mean" => Palette.At(7),
        "all reads" => Colour.Parse("#2b2b2b"),
        "scFoundation" => Palette.At(0),
        "MAGIC" => Palette.At(1),
        "SAVER" => Palette.At(2),
        "scImpute" => Palette.At(4),
        "scVI" => Palette.At(5),
        _ => Palette.At(6),
    };
}
