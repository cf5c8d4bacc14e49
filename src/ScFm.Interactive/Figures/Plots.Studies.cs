using ScFm.Interactive.Figures.Marks;

namespace ScFm.Interactive.Figures;

// What figures of studies are made of.
public static partial class Plots
{
    private const int StudyWidth = 960;
    private const int PanelsInRow = 3;

    /// <summary>A dashed line without a name, to compare with.</summary>
    private static Line Guide(double[] x, double[] y) => new(x, y) { Dashed = true, Colour = Palette.Missing, Width = 1.2 };

    /// <summary>Predicted against true values as points; on the dashed line both are equal.</summary>
    /// <param name="truth">The true values.</param>
    /// <param name="predicted">The predicted ones.</param>
    /// <param name="range">The horizontal axis, and where the line begins and ends.</param>
    /// <param name="size">Diameter of a point in pixels.</param>
    private static Panel AgreementPanel(IReadOnlyList<double> truth, IReadOnlyList<double> predicted, (double Least, double Greatest) range, double size) => new(
        new Points(truth, predicted) { Size = size, Opacity = 0.45 },
        Guide([range.Least, range.Greatest], [range.Least, range.Greatest]))
    {
        X = new Axis { Range = range },
    };

    /// <summary>Panels under one title, three in a row.</summary>
    private static Figure InRows(Panel[] panels, string title)
    {
        var rows = (panels.Length + PanelsInRow - 1) / PanelsInRow;
        return new Figure(panels) { Columns = Math.Min(PanelsInRow, panels.Length), Width = StudyWidth, Height = 40 + 300 * rows, Title = title };
    }

    /// <summary>Panels under one title, at most two in a row, each so high.</summary>
    private static Figure Grid(IReadOnlyList<Panel> panels, string title, int height)
    {
        var columns = Math.Min(2, panels.Count);
        return new Figure(panels) { Columns = columns, Width = StudyWidth, Height = 60 + (panels.Count + columns - 1) / columns * height, Title = title };
    }

    /// <summary>Gains in descending order as a line, and how many of them are above zero.</summary>
    private static Figure Gain(double[] gain, string things, string measure, string title) => new([new Panel(
        Guide([1, Math.Max(1, gain.Length)], [0, 0]),
        new Line([.. Enumerable.Range(1, gain.Length).Select(place => (double)place)], gain) { Dots = gain.Length <= 60 })
    {
        X = new Axis { Title = $"{things} by gain" },
        Y = new Axis { Title = measure },
    }])
    {
        Width = StudyWidth,
        Height = 340,
        Title = FormattableString.Invariant($"{title}: better for {gain.Count(value => value > 0)} of {gain.Length} {things}"),
    };
}
